package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.engine.heal.HealPace;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** How drift is judged, and what becomes of an object that somebody keeps changing back (SEMANTICS 8). */
public final class DriftSettings extends AbstractDescribableImpl<DriftSettings> {
    private static final String STOP = "stop";

    /** A word that no Java enumeration can have. */
    private static final String CONTINUE = "continue";

    private String onFight;
    private List<SeveritySettings> severity;

    @DataBoundConstructor
    public DriftSettings() {
        // Every setting has a default.
    }

    /** {@code stop}: it is healed no more; {@code continue}: it is, every five minutes. */
    @NonNull
    public String getOnFight() {
        return onFight == null ? STOP : onFight;
    }

    @DataBoundSetter
    public void setOnFight(String onFight) {
        this.onFight = STOP.equals(onFight) ? null : onFight;
    }

    /** Before the built-in rules. */
    public List<SeveritySettings> getSeverity() {
        return severity == null ? List.of() : List.copyOf(severity);
    }

    @DataBoundSetter
    public void setSeverity(List<SeveritySettings> severity) {
        this.severity = severity.isEmpty() ? null : new ArrayList<>(severity);
    }

    boolean isDefault() {
        return onFight == null && severity == null;
    }

    List<SeverityRule> rules() {
        return getSeverity().stream().map(SeveritySettings::toRule).toList();
    }

    HealPace pace() {
        return HealPace.DEFAULT.withGoesOn(CONTINUE.equals(onFight));
    }

    /** Empty when nothing is wrong. */
    Optional<String> problem() {
        return List.of(STOP, CONTINUE).contains(getOnFight())
                ? Optional.empty()
                : Optional.of(Messages.DriftSettings_OnFight(getOnFight()));
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<DriftSettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DriftSettings_DisplayName();
        }

        @POST
        public ListBoxModel doFillOnFightItems() {
            ListBoxModel choices = new ListBoxModel();
            choices.add(Messages.DriftSettings_Stop(), STOP);
            choices.add(Messages.DriftSettings_Continue(), CONTINUE);
            return choices;
        }
    }
}

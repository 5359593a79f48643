package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.field.Assignments;
import io.jenkins.plugins.gitops.field.LineList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the values of {@code ${variables}} in manifests come from ({@link Substitution}, and Jenkins). */
public final class SubstituteSettings extends AbstractDescribableImpl<SubstituteSettings> {
    private List<String> values;
    private List<SubstituteObject> from;
    private boolean parameters;
    private List<SubstituteCredential> credentials;

    @DataBoundConstructor
    public SubstituteSettings() {
        // Even without values, variables have their defaults.
    }

    public Substitution toSubstitution() {
        return new Substitution(
                true,
                Assignments.map(getValues()),
                getFrom().stream().map(SubstituteObject::toValuesFrom).toList());
    }

    /** Why these are no settings; empty when they are. */
    public Optional<String> problem() {
        return problemOfValues(getValues())
                .or(() -> getFrom().stream()
                        .flatMap(object -> object.problem().stream())
                        .findFirst())
                .or(() -> getCredentials().stream()
                        .flatMap(credential -> credential.problem().stream())
                        .findFirst());
    }

    private static Optional<String> problemOfValues(List<String> values) {
        return Assignments.malformed(values)
                .map(Messages::KustomizeChecks_Assignment)
                .or(() -> Assignments.map(values).keySet().stream()
                        .filter(name -> !Substitution.isName(name))
                        .findFirst()
                        .map(Messages::SubstituteSettings_Name));
    }

    /** Such as {@code region=eu-west-1}. */
    @NonNull
    public List<String> getValues() {
        return Util.fixNull(values);
    }

    @DataBoundSetter
    public void setValues(List<String> values) {
        this.values = LineList.read(values);
    }

    @NonNull
    public List<SubstituteObject> getFrom() {
        return Util.fixNull(from);
    }

    @DataBoundSetter
    public void setFrom(List<SubstituteObject> from) {
        this.from = Util.fixNull(from).isEmpty() ? null : new ArrayList<>(from);
    }

    /** Whether the build's parameters are values. */
    public boolean isParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(boolean parameters) {
        this.parameters = parameters;
    }

    /** The credentials that manifests may have. */
    @NonNull
    public List<SubstituteCredential> getCredentials() {
        return Util.fixNull(credentials);
    }

    @DataBoundSetter
    public void setCredentials(List<SubstituteCredential> credentials) {
        this.credentials = Util.fixNull(credentials).isEmpty() ? null : new ArrayList<>(credentials);
    }

    /** Its part of the form. */
    @Extension
    @Symbol("substitute")
    public static final class DescriptorImpl extends Descriptor<SubstituteSettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SubstituteSettings_DisplayName();
        }

        /** For text areas. */
        public String text(List<String> items) {
            return LineList.text(items);
        }

        @POST
        public FormValidation doCheckValues(@AncestorInPath Item item, @QueryParameter String value) {
            return RendererDescriptor.check(item, () -> problemOfValues(KustomizeChecks.lines(value)));
        }
    }
}

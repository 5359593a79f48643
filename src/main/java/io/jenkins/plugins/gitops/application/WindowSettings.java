package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.engine.model.CronSchedule;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A time in which the application may be synced, or may not, as the form holds a {@link SyncWindow}. */
public final class WindowSettings extends AbstractDescribableImpl<WindowSettings> {
    private static final String DEFAULT_ZONE = "UTC";

    private final SyncWindow.Kind kind;
    private final String schedule;
    private final String duration;
    private String timeZone;
    private boolean manualSync;

    /**
     * @param schedule when it begins, in five fields of cron
     * @param duration how long it is open then, such as {@code 1h30m}
     */
    @DataBoundConstructor
    public WindowSettings(SyncWindow.Kind kind, String schedule, String duration) {
        this.kind = kind;
        this.schedule = Util.fixNull(schedule).strip();
        this.duration = Util.fixNull(duration).strip();
    }

    public SyncWindow.Kind getKind() {
        return kind;
    }

    public String getSchedule() {
        return schedule;
    }

    public String getDuration() {
        return duration;
    }

    public String getTimeZone() {
        return Util.fixNull(timeZone, DEFAULT_ZONE);
    }

    @DataBoundSetter
    public void setTimeZone(String timeZone) {
        String zone = Util.fixEmptyAndTrim(timeZone);
        this.timeZone = DEFAULT_ZONE.equals(zone) ? null : zone;
    }

    /** Whether what somebody asks for goes through although this window forbids it. */
    public boolean isManualSync() {
        return manualSync;
    }

    @DataBoundSetter
    public void setManualSync(boolean manualSync) {
        this.manualSync = manualSync;
    }

    /** @throws IllegalArgumentException where {@link #problem} says something */
    SyncWindow toWindow() {
        return new SyncWindow(
                kind,
                CronSchedule.parse(schedule),
                duration(duration).orElseThrow(() -> new IllegalArgumentException(duration)),
                ZoneId.of(getTimeZone()),
                manualSync);
    }

    /** Why this is no window; empty when it is one. */
    Optional<String> problem() {
        return kind == null
                ? Optional.of(Messages.WindowSettings_NoKind())
                : problemOfSchedule(schedule)
                        .or(() -> problemOfDuration(duration))
                        .or(() -> problemOfZone(getTimeZone()));
    }

    private static Optional<Duration> duration(String text) {
        return GoDuration.parse(text).filter(length -> !length.isZero() && !length.isNegative());
    }

    private static Optional<String> problemOfSchedule(String text) {
        if (text.isEmpty()) {
            return Optional.of(Messages.WindowSettings_NoSchedule());
        }
        try {
            CronSchedule.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Messages.WindowSettings_Schedule(e.getMessage()));
        }
    }

    private static Optional<String> problemOfDuration(String text) {
        if (text.isEmpty()) {
            return Optional.of(Messages.WindowSettings_NoDuration());
        }
        return duration(text).isPresent() ? Optional.empty() : Optional.of(Messages.WindowSettings_Duration(text));
    }

    private static Optional<String> problemOfZone(String text) {
        try {
            ZoneId.of(text);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of(Messages.WindowSettings_Zone(text));
        }
    }

    /** The form. */
    @Extension
    @Symbol("syncWindow")
    public static final class DescriptorImpl extends Descriptor<WindowSettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WindowSettings_DisplayName();
        }

        @POST
        public ListBoxModel doFillKindItems() {
            ListBoxModel kinds = new ListBoxModel();
            kinds.add(Messages.WindowSettings_Allow(), SyncWindow.Kind.allow.name());
            kinds.add(Messages.WindowSettings_Deny(), SyncWindow.Kind.deny.name());
            return kinds;
        }

        @POST
        public FormValidation doCheckSchedule(@QueryParameter String value) {
            return validation(problemOfSchedule(Util.fixNull(value).strip()));
        }

        @POST
        public FormValidation doCheckDuration(@QueryParameter String value) {
            return validation(problemOfDuration(Util.fixNull(value).strip()));
        }

        @POST
        public FormValidation doCheckTimeZone(@QueryParameter String value) {
            String zone = Util.fixEmptyAndTrim(value);
            return validation(problemOfZone(zone == null ? DEFAULT_ZONE : zone));
        }

        private static FormValidation validation(Optional<String> problem) {
            return problem.map(FormValidation::error).orElseGet(FormValidation::ok);
        }
    }
}

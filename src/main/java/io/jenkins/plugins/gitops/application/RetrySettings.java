package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How often a sync is tried again, as the form holds a {@link RetryPolicy}. */
public final class RetrySettings extends AbstractDescribableImpl<RetrySettings> {
    private static final int MAX_LIMIT = 100;
    private static final int MAX_FACTOR = 10;

    private int limit = RetryPolicy.DEFAULT.limit();
    private int firstPauseSeconds = seconds(RetryPolicy.DEFAULT.firstPause());
    private int factor = RetryPolicy.DEFAULT.factor();
    private int longestPauseSeconds = seconds(RetryPolicy.DEFAULT.longestPause());

    @DataBoundConstructor
    public RetrySettings() {
        // Every setting has a default.
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }

    /** Further tries after the first; 0 means none. */
    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    public int getFirstPauseSeconds() {
        return firstPauseSeconds;
    }

    @DataBoundSetter
    public void setFirstPauseSeconds(int firstPauseSeconds) {
        this.firstPauseSeconds = firstPauseSeconds;
    }

    /** How many times as long each further pause is. */
    public int getFactor() {
        return factor;
    }

    @DataBoundSetter
    public void setFactor(int factor) {
        this.factor = factor;
    }

    public int getLongestPauseSeconds() {
        return longestPauseSeconds;
    }

    @DataBoundSetter
    public void setLongestPauseSeconds(int longestPauseSeconds) {
        this.longestPauseSeconds = longestPauseSeconds;
    }

    RetryPolicy toPolicy() {
        return new RetryPolicy(
                limit, Duration.ofSeconds(firstPauseSeconds), factor, Duration.ofSeconds(longestPauseSeconds));
    }

    /** What makes these no retries; empty when nothing does. */
    Optional<String> problem() {
        if (limit < 0 || limit > MAX_LIMIT) {
            return Optional.of(Messages.RetrySettings_Limit(limit));
        }
        if (firstPauseSeconds < 1 || longestPauseSeconds < firstPauseSeconds) {
            return Optional.of(Messages.RetrySettings_Pauses(firstPauseSeconds, longestPauseSeconds));
        }
        return factor < 1 || factor > MAX_FACTOR
                ? Optional.of(Messages.RetrySettings_Factor(factor))
                : Optional.empty();
    }

    /** The form. */
    @Extension
    @Symbol("retry")
    public static final class DescriptorImpl extends Descriptor<RetrySettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RetrySettings_DisplayName();
        }

        @POST
        public FormValidation doCheckLimit(@QueryParameter String value) {
            return FormValidation.validateIntegerInRange(value, 0, MAX_LIMIT);
        }

        @POST
        public FormValidation doCheckFirstPauseSeconds(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }

        @POST
        public FormValidation doCheckFactor(@QueryParameter String value) {
            return FormValidation.validateIntegerInRange(value, 1, MAX_FACTOR);
        }

        @POST
        public FormValidation doCheckLongestPauseSeconds(
                @QueryParameter String value, @QueryParameter String firstPauseSeconds) {
            FormValidation number = FormValidation.validatePositiveInteger(value);
            boolean shorter = number.kind == FormValidation.Kind.OK
                    && FormValidation.validatePositiveInteger(firstPauseSeconds).kind == FormValidation.Kind.OK
                    && Long.parseLong(value) < Long.parseLong(firstPauseSeconds);
            return shorter ? FormValidation.error(Messages.RetrySettings_Pauses(firstPauseSeconds, value)) : number;
        }
    }
}

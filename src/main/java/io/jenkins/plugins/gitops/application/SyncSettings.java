package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.field.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** When an application is synced and what a sync may do (SEMANTICS 7). */
public final class SyncSettings extends AbstractDescribableImpl<SyncSettings> {
    private static final int DEFAULT_TIMEOUT =
            Math.toIntExact(SyncPolicy.DEFAULT.timeout().toMinutes());

    private boolean automatic = true;
    private boolean prune;
    private boolean pruneNamespaces;
    private boolean pruneCustomResourceDefinitions;
    private boolean allowEmpty;
    private boolean adopt;
    private boolean applyAll;
    private boolean awaitHealth = true;
    private int timeoutMinutes = DEFAULT_TIMEOUT;
    private String options;
    private RetrySettings retry;
    private Boolean lock;
    private List<WindowSettings> windows;

    @DataBoundConstructor
    public SyncSettings() {
        // Every setting has a default.
    }

    /** Whether triggers sync; otherwise only people and pipelines do. */
    public boolean isAutomatic() {
        return automatic;
    }

    @DataBoundSetter
    public void setAutomatic(boolean automatic) {
        this.automatic = automatic;
    }

    public boolean isPrune() {
        return prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    public boolean isPruneNamespaces() {
        return pruneNamespaces;
    }

    @DataBoundSetter
    public void setPruneNamespaces(boolean pruneNamespaces) {
        this.pruneNamespaces = pruneNamespaces;
    }

    public boolean isPruneCustomResourceDefinitions() {
        return pruneCustomResourceDefinitions;
    }

    @DataBoundSetter
    public void setPruneCustomResourceDefinitions(boolean pruneCustomResourceDefinitions) {
        this.pruneCustomResourceDefinitions = pruneCustomResourceDefinitions;
    }

    public boolean isAllowEmpty() {
        return allowEmpty;
    }

    @DataBoundSetter
    public void setAllowEmpty(boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
    }

    public boolean isAdopt() {
        return adopt;
    }

    @DataBoundSetter
    public void setAdopt(boolean adopt) {
        this.adopt = adopt;
    }

    public boolean isApplyAll() {
        return applyAll;
    }

    @DataBoundSetter
    public void setApplyAll(boolean applyAll) {
        this.applyAll = applyAll;
    }

    public boolean isAwaitHealth() {
        return awaitHealth;
    }

    @DataBoundSetter
    public void setAwaitHealth(boolean awaitHealth) {
        this.awaitHealth = awaitHealth;
    }

    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes > 0 ? timeoutMinutes : DEFAULT_TIMEOUT;
    }

    /** Sync options of every object that does not say otherwise itself, such as {@code Prune=confirm}. */
    public Words getOptions() {
        return new Words(options);
    }

    @DataBoundSetter
    public void setOptions(Words options) {
        this.options = Util.fixEmpty(options.text());
    }

    /** How often a failed sync is tried again; null when nobody said otherwise than the default. */
    @CheckForNull
    public RetrySettings getRetry() {
        return retry;
    }

    @DataBoundSetter
    public void setRetry(@CheckForNull RetrySettings retry) {
        this.retry = retry == null || retry.toPolicy().equals(RetryPolicy.DEFAULT) ? null : retry;
    }

    /** Whether a Lease in the cluster keeps a second controller from syncing at the same time. */
    public boolean isLock() {
        return lock == null || lock;
    }

    @DataBoundSetter
    public void setLock(boolean lock) {
        this.lock = lock ? null : Boolean.FALSE;
    }

    /** When it may be synced at all. */
    public List<WindowSettings> getWindows() {
        return windows == null ? List.of() : List.copyOf(windows);
    }

    @DataBoundSetter
    public void setWindows(List<WindowSettings> windows) {
        this.windows = windows.isEmpty() ? null : new ArrayList<>(windows);
    }

    /** Why this is no policy; empty when it is one. */
    Optional<String> problem() {
        List<String> unknown = ObjectOptions.of(getOptions().list()).unknown();
        return unknown.isEmpty()
                ? Optional.ofNullable(retry).flatMap(RetrySettings::problem).or(this::problemOfWindows)
                : Optional.of(String.join("\n", unknown));
    }

    private Optional<String> problemOfWindows() {
        return getWindows().stream()
                .flatMap(window -> window.problem().stream())
                .findFirst();
    }

    /** The engine's form. */
    public SyncPolicy toPolicy() {
        return SyncPolicy.DEFAULT.toBuilder()
                .prune(prune)
                .pruneNamespaces(pruneNamespaces)
                .pruneCustomResourceDefinitions(pruneCustomResourceDefinitions)
                .allowEmpty(allowEmpty)
                .adopt(adopt)
                .applyAll(applyAll)
                .awaitHealth(awaitHealth)
                .timeout(Duration.ofMinutes(timeoutMinutes))
                .options(getOptions().list())
                .retry(retry == null ? RetryPolicy.DEFAULT : retry.toPolicy())
                .lock(isLock())
                .windows(getWindows().stream().map(WindowSettings::toWindow).toList())
                .build();
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<SyncSettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SyncSettings_DisplayName();
        }

        @POST
        public FormValidation doCheckTimeoutMinutes(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }

        @POST
        public FormValidation doCheckOptions(@QueryParameter String value) {
            List<String> unknown = ObjectOptions.of(new Words(value).list()).unknown();
            return unknown.isEmpty() ? FormValidation.ok() : FormValidation.error(String.join("\n", unknown));
        }
    }
}

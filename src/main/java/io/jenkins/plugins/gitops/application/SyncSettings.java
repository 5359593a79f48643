package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.time.Duration;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;

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

    SyncPolicy toPolicy() {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                Duration.ofMinutes(timeoutMinutes));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SyncSettings> {
        @Override
        public String getDisplayName() {
            return Messages.SyncSettings_DisplayName();
        }

        public FormValidation doCheckTimeoutMinutes(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }
    }
}

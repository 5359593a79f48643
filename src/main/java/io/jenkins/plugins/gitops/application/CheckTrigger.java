package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Checks for drift on a schedule. */
public final class CheckTrigger extends Trigger<GitOpsApplication> {
    /** @param spec lines in cron syntax with {@code H} */
    @DataBoundConstructor
    public CheckTrigger(@NonNull String spec) {
        super(spec);
    }

    @Override
    public void run() {
        if (job != null) {
            job.scheduleCheck(new CheckCause());
        }
    }

    /** A check was due. */
    public static final class CheckCause extends Cause {
        @Override
        public String getShortDescription() {
            return Messages.CheckTrigger_Cause();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CheckCause;
        }

        @Override
        public int hashCode() {
            return CheckCause.class.hashCode();
        }
    }

    @Extension
    @Symbol("driftCheck")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CheckTrigger_DisplayName();
        }

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof GitOpsApplication;
        }

        @POST
        public FormValidation doCheckSpec(@QueryParameter String value, @AncestorInPath Item item) {
            if (Util.fixNull(value).isBlank()) {
                return FormValidation.ok(Messages.CheckTrigger_NoSchedule());
            }
            return ExtensionList.lookupSingleton(TimerTrigger.DescriptorImpl.class)
                    .doCheckSpec(value, item);
        }
    }
}

package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.model.ParameterValue;
import hudson.plugins.git.GitStatus;
import hudson.scm.SCM;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.SCMTrigger;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMEvent;
import jenkins.scm.api.SCMEventListener;
import jenkins.scm.api.SCMHeadEvent;
import org.eclipse.jgit.transport.URIish;

/**
 * What a forge's webhook tells Jenkins makes the applications poll whose source it is about: those that poll at all, and have
 * not said that they do not listen.
 */
@Extension
public final class ForgeEvents extends SCMEventListener {
    @Override
    public void onSCMHeadEvent(SCMHeadEvent<?> event) {
        if (event.getType() == SCMEvent.Type.REMOVED) {
            return;
        }
        SharedHeads.get().forget();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (GitOpsApplication application : Jenkins.get().allItems(GitOpsApplication.class)) {
                SCMTrigger trigger = application.getSCMTrigger();
                if (trigger != null && !trigger.isIgnorePostCommitHooks() && isAbout(event, application)) {
                    trigger.run();
                }
            }
        }
    }

    private static boolean isAbout(SCMHeadEvent<?> event, GitOpsApplication application) {
        for (SCM scm : application.getSCMs()) {
            if (event.isMatch(scm)) {
                return true;
            }
        }
        return false;
    }

    /** {@code /git/notifyCommit} makes applications poll by itself; before it does, what was answered earlier is old. */
    @Extension(ordinal = 1)
    public static final class NotifyCommit extends GitStatus.Listener {
        @Override
        public List<GitStatus.ResponseContributor> onNotifyCommit(
                String origin, URIish uri, String sha1, List<ParameterValue> buildParameters, String... branches) {
            SharedHeads.get().forget();
            return List.of();
        }
    }
}

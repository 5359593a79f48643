package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.SCMListener;
import hudson.scm.ChangeLogSet;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import java.io.File;

/** Keeps what a sync checked out: the step that checks out leaves that to the build. */
@Extension
public final class CheckoutListener extends SCMListener {
    @Override
    public void onCheckout(
            Run<?, ?> build,
            SCM scm,
            FilePath workspace,
            TaskListener listener,
            @CheckForNull File changelogFile,
            @CheckForNull SCMRevisionState pollingBaseline)
            throws Exception {
        if (!(build instanceof GitOpsRun run) || !run.isSync()) {
            return;
        }
        run.setCheckout(new Checkout(scm, workspace.getRemote(), changelogFile, pollingBaseline));
        for (ChangeLogSet<?> changes : run.getChangeSets()) {
            for (SCMListener other : SCMListener.all()) {
                other.onChangeLogParsed(run, scm, listener, changes);
            }
        }
    }
}

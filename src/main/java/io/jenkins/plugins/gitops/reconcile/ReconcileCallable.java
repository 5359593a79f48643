package io.jenkins.plugins.gitops.reconcile;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/** Runs in the node's JVM, in the checkout's folder. */
record ReconcileCallable(ReconcileRequest request, TaskListener listener)
        implements ControllerToAgentFileCallable<ReconcileOutcome> {
    @Override
    public ReconcileOutcome invoke(File checkout, VirtualChannel channel) throws IOException {
        throw new IOException("not yet");
    }
}

package io.jenkins.plugins.gitops.reconcile;

import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.gitops.cluster.NodeClusters;
import java.io.File;
import jenkins.agents.ControllerToAgentFileCallable;

/** Runs in the node's JVM, in the checkout's folder. */
record ReconcileCallable(ReconcileRequest request, TaskListener listener, ReconcileSink sink)
        implements ControllerToAgentFileCallable<ReconcileOutcome> {
    @Override
    public ReconcileOutcome invoke(File checkout, VirtualChannel channel) {
        Channel toController = Channel.current();
        if (toController != null) {
            NodeClusters.get().closeWith(toController);
        }
        ReconcileLog log = new ReconcileLog(
                listener.getLogger(), sink::fold, request.access().mask());
        ReconcileOutcome outcome;
        try (NodeClusters.Lease lease = NodeClusters.get().lease(request.access())) {
            outcome = new NodeReconcile(request, lease.cluster(), log).run(checkout.toPath());
        }
        if (outcome.aborted()) {
            // The engine took the interrupt; a later one must not keep this from getting through.
            Thread.interrupted();
            sink.stopped(outcome);
        }
        return outcome;
    }
}

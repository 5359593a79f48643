package io.jenkins.plugins.gitops.reconcile;

import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.gitops.cluster.NodeClusters;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.tool.NodeTools;
import java.io.File;
import java.util.Optional;
import jenkins.agents.ControllerToAgentFileCallable;

/** Runs in the node's JVM, in the checkout's folder. */
record ReconcileCallable(ReconcileRequest request, NodeTools tools, TaskListener listener, ReconcileSink sink)
        implements ControllerToAgentFileCallable<ReconcileOutcome> {
    @Override
    public ReconcileOutcome invoke(File checkout, VirtualChannel channel) {
        Channel toController = Channel.current();
        if (toController != null) {
            NodeClusters.get().closeWith(toController);
        }
        ReconcileLog log = new ReconcileLog(listener.getLogger(), sink::fold, request.mask());
        ReconcileOutcome outcome;
        try (LostController lost = LostController.stopping(toController);
                NodeClusters.Lease lease = NodeClusters.get().lease(request.access())) {
            outcome =
                    new NodeReconcile(request, tools, lease.cluster(), log, this::newerRevision).run(checkout.toPath());
        } catch (InvalidInputException e) {
            return ReconcileOutcome.failed(e.getMessage(), e.exitCode());
        }
        if (outcome.aborted()) {
            // The engine took the interrupt; a later one must not keep this from getting through.
            Thread.interrupted();
            sink.stopped(outcome);
        }
        return outcome;
    }

    private Optional<String> newerRevision() {
        return Optional.of(sink.newerRevision()).filter(text -> !text.isEmpty());
    }

    /** What remoting's thread names and errors show. */
    @Override
    public String toString() {
        return "GitOps " + request.mode() + " of " + request.application().name();
    }
}

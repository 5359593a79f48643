package io.jenkins.plugins.gitops.reconcile;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import io.jenkins.plugins.gitops.tool.NodeTools;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries one request out on the node of a workspace: the entrance for builds and steps. */
public final class ReconcileExecution {
    /** An abort must be over within 5 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ReconcileRequest request;
    private final TaskListener listener;
    private final Supplier<Optional<String>> newerRevision;

    /** For one that nothing supersedes. */
    public ReconcileExecution(ReconcileRequest request, TaskListener listener) {
        this(request, listener, Optional::empty);
    }

    /**
     * @param newerRevision asked on the controller while a sync runs, where it could stop: the revision that makes it pointless,
     *     in words
     */
    public ReconcileExecution(
            ReconcileRequest request, TaskListener listener, Supplier<Optional<String>> newerRevision) {
        this.request = request;
        this.listener = listener;
        this.newerRevision = newerRevision;
    }

    /**
     * Blocks until it is done. An interrupt stops the node within 5 s.
     *
     * @param checkout a checkout of the application's source
     * @throws ReconcileInterruptedException when it was interrupted; it carries what was done until then
     * @throws IOException when the node is lost, or lacks a tool that it should have
     */
    public ReconcileOutcome run(FilePath checkout) throws IOException, InterruptedException {
        NodeTools tools = NodeTools.on(checkout, request.tools(), checkout.act(new RenderersNeeded(request)), listener);
        if (checkout.getChannel() instanceof Channel agent) {
            AgentLibraries.send(agent);
        }
        ReconcileSession session = new ReconcileSession(newerRevision);
        // Exported before the call, for what is exported by the call is gone with it when it is interrupted.
        ReconcileSink sink = checkout.getChannel().export(ReconcileSink.class, session);
        ReconcileOutcome outcome;
        try {
            outcome = checkout.act(new ReconcileCallable(request, tools, listener, sink));
        } catch (InterruptedException e) {
            throw interrupted(session.lastWord(PATIENCE));
        } catch (IOException | RuntimeException e) {
            if (isLost(checkout)) {
                throw lost(e);
            }
            throw e;
        }
        if (outcome.aborted()) {
            throw new ReconcileInterruptedException(outcome);
        }
        return outcome;
    }

    private static boolean isLost(FilePath checkout) {
        return checkout.getChannel() instanceof Channel agent && agent.isClosingOrClosed();
    }

    /** What a lost agent had begun is in the cluster, and tracked there: the inventory is widened before the first write. */
    private static AbortException lost(Exception why) {
        AbortException lost = new AbortException("The agent was lost in the middle (" + why.getMessage()
                + "). Whatever it wrote is in the cluster and is" + " tracked; the next sync goes on from there.");
        lost.initCause(why);
        return lost;
    }

    /** An agent's last lines do not arrive, so they are written here. */
    private ReconcileInterruptedException interrupted(ReconcileOutcome lastWord) {
        if (lastWord != null) {
            ReconcileLog log = new ReconcileLog(listener.getLogger(), (caption, lines) -> "", request.mask());
            lastWord.sync().ifPresent(log::synced);
        }
        return new ReconcileInterruptedException(lastWord);
    }
}

package io.jenkins.plugins.gitops.watch;

import hudson.remoting.Channel;
import io.jenkins.plugins.gitops.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.MemberChange;
import io.jenkins.plugins.gitops.engine.cluster.MemberWatch;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.agents.ControllerToAgentCallable;

/**
 * One watch on one cluster, in the JVM of the node from which the cluster is reached, with a connection of its own. It lasts until
 * the controller cancels it or is lost, or until the cluster has been silent for too long.
 *
 * @param controller whose applications count
 * @param namespaces where it watches, when it may not watch everywhere
 */
record WatchSession(ClusterAccess access, String controller, Set<String> namespaces, WatchSink sink)
        implements ControllerToAgentCallable<Void, WatchSession.EndedException> {
    private static final long serialVersionUID = 1L;

    /** Between two looks at how the watch stands. */
    private static final Duration PULSE = Duration.ofMillis(500);

    /** After that long without a connection, all is made anew, with the credentials of then. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How it stands is told when it changes, and so often. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** More are one: the application is checked as a whole. */
    private static final int MOST = 500;

    /** Why it ended; for people. */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;

        EndedException(String message) {
            super(message);
        }
    }

    @Override
    public Void call() throws EndedException {
        Channel toController = Channel.current();
        Pending pending = new Pending();
        try (Cluster cluster = access.connect();
                MemberWatch watch = new MemberWatch(cluster, controller, namespaces, pending::add)) {
            watch.start();
            Instant whole = Instant.now();
            Instant toldAt = Instant.EPOCH;
            Standing told = null;
            while (toController == null || !toController.isClosingOrClosed()) {
                Instant now = Instant.now();
                watch.follow();
                String problem = watch.problem();
                whole = problem.isEmpty() ? now : whole;
                Standing standing = new Standing(watch.kinds(), problem);
                if (!standing.equals(told) || now.isAfter(toldAt.plus(HEARTBEAT))) {
                    sink.standing(new ArrayList<>(standing.kinds()), problem);
                    told = standing;
                    toldAt = now;
                }
                if (watch.isOver() || now.isAfter(whole.plus(PATIENCE))) {
                    throw new EndedException(problem.isEmpty() ? "a watch has ended" : problem);
                }
                List<WatchedChange> changes = pending.take();
                if (!changes.isEmpty()) {
                    sink.changed(changes);
                }
                Thread.sleep(PULSE);
            }
            return null;
        } catch (GitOpsException e) {
            throw new EndedException(access.mask().apply(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EndedException("it was stopped");
        }
    }

    private record Standing(List<String> kinds, String problem) {}

    /** Changes that were not told yet. */
    private static final class Pending {
        private final List<WatchedChange> changes = new ArrayList<>();

        /** What this tool does is no news. */
        synchronized void add(MemberChange change) {
            if (!change.ours() && changes.size() < MOST) {
                changes.add(WatchedChange.of(change));
            }
        }

        synchronized List<WatchedChange> take() {
            List<WatchedChange> taken = new ArrayList<>(changes);
            changes.clear();
            return taken;
        }
    }

    /** What remoting's thread names and errors show; without the access, which holds secrets. */
    @Override
    public String toString() {
        return "GitOps watch on " + access.cluster();
    }
}

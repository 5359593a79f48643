package io.jenkins.plugins.gitops.watch;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Keeps the watch on one cluster alive, by one thread of the controller: what ends is begun anew, less and less often. */
final class SupervisedWatch {
    private static final Logger LOGGER = Logger.getLogger(SupervisedWatch.class.getName());
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

    /**
     * What it is about; another one needs another watch.
     *
     * @param definition of the cluster, as XML
     * @param user the full name of an application on whose behalf it connects
     * @param namespaces where it watches when it may not watch everywhere
     */
    record Wanted(String cluster, String definition, String user, Set<String> namespaces) {}

    private final Wanted wanted;
    private final Thread thread;
    private WatchState state;
    private int restarts;

    private SupervisedWatch(Wanted wanted) {
        this.wanted = wanted;
        this.state = WatchState.of(wanted.cluster());
        this.thread = new Thread(this::run, "GitOps watch on " + wanted.cluster());
        this.thread.setDaemon(true);
    }

    static SupervisedWatch start(Wanted wanted) {
        SupervisedWatch watch = new SupervisedWatch(wanted);
        watch.thread.start();
        return watch;
    }

    Wanted wanted() {
        return wanted;
    }

    synchronized WatchState state() {
        return state;
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    watch();
                } catch (IOException | RuntimeException e) {
                    failed(e.getMessage() == null ? e.toString() : e.getMessage());
                } catch (ExecutionException e) {
                    failed(e.getCause().getMessage());
                }
                Thread.sleep(nextPause());
            }
        } catch (InterruptedException e) {
            LOGGER.fine(() -> thread.getName() + " is stopped");
        }
    }

    private void failed(String why) {
        synchronized (this) {
            state = state.failed(String.valueOf(why));
        }
        LOGGER.log(Level.WARNING, () -> thread.getName() + " ended, and begins anew soon: " + why);
    }

    private void watch() throws IOException, InterruptedException, ExecutionException {
        GitOpsApplication user = Jenkins.get().getItemByFullName(wanted.user(), GitOpsApplication.class);
        ClusterDefinition cluster = Clusters.find(wanted.cluster(), user);
        Node node = node(cluster.getAgentLabel());
        VirtualChannel channel = node == Jenkins.get() ? FilePath.localChannel : node.getChannel();
        if (channel == null) {
            throw new AbortException(Messages.SupervisedWatch_Offline(node.getDisplayName()));
        }
        synchronized (this) {
            state = state.starting(node.getDisplayName());
        }
        // Exported before the call, for what is exported by the call is gone with it when it is cancelled.
        WatchSink sink = channel.export(WatchSink.class, new Told(this));
        Future<Void> session = channel.callAsync(
                new WatchSession(cluster.access(user), Jenkins.get().getLegacyInstanceId(), wanted.namespaces(), sink));
        try {
            session.get();
        } finally {
            session.cancel(true);
        }
    }

    /** The first that is online, of those from which the cluster is reached. */
    private static Node node(String agentLabel) throws AbortException {
        if (agentLabel.isEmpty()) {
            return Jenkins.get();
        }
        Label label = Jenkins.get().getLabel(agentLabel);
        return (label == null ? Set.<Node>of() : label.getNodes())
                .stream()
                        .filter(node -> {
                            Computer computer = node.toComputer();
                            return computer != null && computer.isOnline();
                        })
                        .findFirst()
                        .orElseThrow(() -> new AbortException(Messages.SupervisedWatch_NoNode(agentLabel)));
    }

    private synchronized Duration nextPause() {
        restarts++;
        return PAUSES.pause(restarts);
    }

    private synchronized void told(List<WatchedChange> changes) {
        state = state.told(changes.size(), changes.get(changes.size() - 1).object());
    }

    private synchronized void stands(List<String> kinds, String problem) {
        restarts = problem.isEmpty() ? 0 : restarts;
        state = state.standing(kinds, problem);
    }

    /** Called by the node. It does not travel: an agent gets a proxy. */
    @SuppressFBWarnings(value = "SE_TRANSIENT_FIELD_NOT_RESTORED", justification = "It does not travel")
    private static final class Told implements WatchSink {
        private static final long serialVersionUID = 1L;

        private final transient SupervisedWatch watch;

        Told(SupervisedWatch watch) {
            this.watch = watch;
        }

        @Override
        public void changed(List<WatchedChange> changes) {
            watch.told(changes);
            ChangedApplications.get().changed(watch.wanted.cluster(), changes);
        }

        @Override
        public void standing(List<String> kinds, String problem) {
            watch.stands(kinds, problem);
        }
    }
}

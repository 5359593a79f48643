package io.jenkins.plugins.gitops.cluster;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.agents.ControllerToAgentCallable;
import jenkins.model.Jenkins;

/** Connects to a cluster from where runs would, and says as whom. */
record ConnectionTest(ClusterAccess access) implements ControllerToAgentCallable<String, IOException> {
    /**
     * What to tell the person who asked.
     *
     * @throws AbortException with what is wrong
     */
    static String of(ClusterDefinition cluster) throws AbortException {
        ConnectionTest test = new ConnectionTest(cluster.access(null));
        if (cluster.getAgentLabel().isEmpty()) {
            return test.call();
        }
        Computer computer = online(cluster.getAgentLabel())
                .orElseThrow(() -> new AbortException(Messages.ConnectionTest_noAgent(cluster.getAgentLabel())));
        VirtualChannel channel = computer.getChannel();
        if (channel == null) {
            throw new AbortException(Messages.ConnectionTest_noAgent(cluster.getAgentLabel()));
        }
        try {
            return Messages.ConnectionTest_from(channel.call(test), computer.getDisplayName());
        } catch (AbortException e) {
            throw new AbortException(Messages.ConnectionTest_from(e.getMessage(), computer.getDisplayName()));
        } catch (IOException e) {
            throw new AbortException(Messages.ConnectionTest_lost(computer.getDisplayName(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException(Messages.ConnectionTest_stopped());
        }
    }

    private static Optional<Computer> online(String expression) {
        return Stream.ofNullable(Jenkins.get().getLabel(expression))
                .flatMap(label -> label.getNodes().stream())
                .map(Node::toComputer)
                .filter(computer -> computer != null && computer.isOnline())
                .findFirst();
    }

    @Override
    public String call() throws AbortException {
        try (Cluster cluster = access.connect()) {
            Cluster.Greeting greeting = cluster.greet();
            return Messages.ConnectionTest_connected(greeting.version(), greeting.user());
        } catch (GitOpsException | ApiException | CancelledException | IllegalArgumentException e) {
            throw new AbortException(access.mask().apply(String.valueOf(e.getMessage())));
        }
    }
}

package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.model.Application;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster. */
final class ClusterOptions {
    /** Names the command line in inventories: what it tracks, Jenkins does not take over, and the other way round. */
    static final String CONTROLLER = "gitops-cli";

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig. Default: what kubectl takes, KUBECONFIG or ~/.kube/config.")
    private Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context of the kubeconfig. Default: the application's cluster, else the current context.")
    private String context;

    /** A person's own kubeconfig may run the person's own programs (exec), as it may for kubectl. */
    Cluster connect(Console console, Application application) {
        Path file = kubeconfig == null ? null : console.workingFolder().resolve(kubeconfig);
        String chosen = context == null ? application.destination().cluster() : context;
        return Cluster.connect(new ClusterConfig(file, chosen, true, ClusterConfig.DEFAULT_REQUESTS_IN_FLIGHT));
    }
}

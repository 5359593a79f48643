package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a deletion may do, on top of what the application file says of pruning. */
final class DeletionPolicyOptions {
    @Option(names = "--prune-namespaces", description = "Delete Namespaces too, and all that is in them.")
    private boolean pruneNamespaces;

    @Option(
            names = "--prune-custom-resource-definitions",
            description = "Delete CustomResourceDefinitions too, and with them all their instances.")
    private boolean pruneCustomResourceDefinitions;

    @Option(names = "--adopt", description = "Delete also what another controller syncs.")
    private boolean adopt;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long to wait until the objects are gone, for each wave: 90s, 10m. Default: 10m.")
    private Duration timeout;

    @Option(
            names = "--lock",
            negatable = true,
            description = "Hold a Lease meanwhile, so that no controller syncs at the same time. Default: yes.")
    private Boolean lock;

    Application applyTo(Application application) {
        SyncPolicy declared = application.sync();
        return application.withSync(declared.toBuilder()
                .pruneNamespaces(pruneNamespaces || declared.pruneNamespaces())
                .pruneCustomResourceDefinitions(
                        pruneCustomResourceDefinitions || declared.pruneCustomResourceDefinitions())
                .adopt(adopt || declared.adopt())
                .timeout(timeout == null ? declared.timeout() : timeout)
                .lock(lock == null ? declared.lock() : lock)
                .build());
    }
}

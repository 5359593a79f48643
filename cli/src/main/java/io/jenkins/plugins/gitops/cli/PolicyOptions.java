package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a sync may do, on top of what the application file says. */
final class PolicyOptions {
    @Option(names = "--prune", negatable = true, description = "Delete objects that are ours and no longer in Git.")
    private Boolean prune;

    @Option(names = "--prune-namespaces", description = "Prune Namespaces too.")
    private boolean pruneNamespaces;

    @Option(
            names = "--prune-custom-resource-definitions",
            description = "Prune CustomResourceDefinitions too, and with them all their instances.")
    private boolean pruneCustomResourceDefinitions;

    @Option(names = "--allow-empty", description = "Let a source without any object prune everything.")
    private boolean allowEmpty;

    @Option(names = "--adopt", description = "Take over what another application tracks.")
    private boolean adopt;

    @Option(names = "--apply-all", description = "Apply objects that are in sync too.")
    private boolean applyAll;

    @Option(
            names = "--wait",
            negatable = true,
            description = "Wait at the end until all objects are healthy. Default: yes.")
    private Boolean awaitHealth;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long to wait for health, for each wave: 90s, 10m. Default: 10m.")
    private Duration timeout;

    @Option(
            names = "--lock",
            negatable = true,
            description =
                    "Hold a Lease while syncing, so that no second controller syncs at the same time. Default: yes.")
    private Boolean lock;

    Application applyTo(Application application) {
        SyncPolicy declared = application.sync();
        return application.withSync(declared.toBuilder()
                .prune(prune == null ? declared.prune() : prune)
                .pruneNamespaces(pruneNamespaces || declared.pruneNamespaces())
                .pruneCustomResourceDefinitions(
                        pruneCustomResourceDefinitions || declared.pruneCustomResourceDefinitions())
                .allowEmpty(allowEmpty || declared.allowEmpty())
                .adopt(adopt || declared.adopt())
                .applyAll(applyAll || declared.applyAll())
                .awaitHealth(awaitHealth == null ? declared.awaitHealth() : awaitHealth)
                .timeout(timeout == null ? declared.timeout() : timeout)
                .lock(lock == null ? declared.lock() : lock)
                .build());
    }
}

package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.render.build.HostInputs;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ToolLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The tools that render charts and kustomizations, and the keys of encrypted files. */
final class ToolOptions {
    @Option(
            names = "--kustomize",
            paramLabel = "FILE",
            description = "The kustomize binary. Default: that of PATH, else the one inside kubectl.")
    private Path kustomize;

    @Option(names = "--helm", paramLabel = "FILE", description = "The helm binary, 3 or 4. Default: that of PATH.")
    private Path helm;

    @Option(
            names = "--render-timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long one run of kustomize or helm may take. Default: 3m.")
    private Duration timeout;

    @Mixin
    private AgeKeyOptions ageKeys = new AgeKeyOptions();

    RenderTools tools(Console console) {
        ToolLimits limits = ToolLimits.DEFAULT;
        RenderTools tools = new RenderTools(
                Optional.ofNullable(kustomize).map(console.workingFolder()::resolve),
                Optional.ofNullable(helm).map(console.workingFolder()::resolve),
                console.environment(),
                Optional.of(helmConfiguration(console)),
                Optional.of(console.folder("XDG_CACHE_HOME", ".cache").resolve("render")),
                timeout == null ? limits : limits.withTimeout(timeout));
        return tools.withInputs(HostInputs.NONE.withAgeKeys(ageKeys.keys(console)));
    }

    /** Where helm itself keeps what {@code helm repo add} and {@code helm registry login} were told. */
    private static Path helmConfiguration(Console console) {
        return console.variable("HELM_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> console.folder("XDG_CONFIG_HOME", ".config").resolveSibling("helm"));
    }

    Reconciler reconciler(Console console, Cluster cluster) {
        return new Reconciler(cluster, ClusterOptions.CONTROLLER, Permissions.ALL, tools(console));
    }
}

package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chart of a chart repository as helm is asked for it.
 *
 * @param registry whether it is in an OCI registry, so that there is no index
 */
record ChartReference(Source source, boolean registry) {
    private static final String EXACT = "v?\\d+\\.\\d+\\.\\d+([-+].*)?";

    static boolean isExact(String revision) {
        return revision.matches(EXACT);
    }

    /** @throws InvalidInputException when the URL holds a password, which would be among helm's arguments */
    static ChartReference of(Source source) {
        boolean registry = !source.repository().matches("https?://.*");
        if (registry && source.repository().replaceFirst("^[a-z]+://", "").matches("[^/]*@.*")) {
            throw new InvalidInputException(
                    "source.repository",
                    "holds a user or a password; log in with \"helm registry login\", or give credentials");
        }
        return new ChartReference(source, registry);
    }

    /** The version that helm takes. */
    String version(RenderTools tools, HelmTool tool, Path home) {
        byte[] chart = run(tools, tool, home, "show", "chart").output();
        List<YamlDocument> documents = new YamlReader().read("Chart.yaml of " + source.chart(), chart);
        return documents.isEmpty()
                ? ""
                : documents.get(0).content().path("version").asText("");
    }

    /**
     * Runs a command of helm that takes a chart.
     *
     * @param home of the run; afterwards {@link #index} is in it
     */
    ToolOutput run(RenderTools tools, HelmTool tool, Path home, String command, String... more) {
        String run = "helm " + command + " " + source.chart();
        HelmRepositories repositories =
                HelmRepositories.write(home, registry ? List.of() : List.of(source.repository()), tools);
        List<ToolOutput> outputs = new ArrayList<>();
        if (!registry) {
            outputs.add(tool.online(run, List.of("repo", "update"), home, repositories));
        }
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(more));
        arguments.add(named());
        if (!source.revision().isEmpty()) {
            arguments.addAll(List.of("--version", source.revision()));
        }
        outputs.add(tool.online(run, arguments, home, repositories));
        if (!outputs.stream().allMatch(ToolOutput::succeeded)) {
            throw new InvalidInputException(
                    run,
                    "cannot get " + source.chart()
                            + (source.revision().isEmpty() ? "" : " " + source.revision())
                            + " from " + source.repository().replaceFirst("://[^/@]*@", "://") + ": "
                            + HelmTool.reasons(outputs.toArray(ToolOutput[]::new)));
        }
        return outputs.get(outputs.size() - 1);
    }

    private String named() {
        if (!registry) {
            return HelmRepositories.name(0) + "/" + source.chart();
        }
        // Argo CD writes registries without a scheme.
        String url = source.repository().contains("://") ? source.repository() : "oci://" + source.repository();
        return url.replaceFirst("/+$", "") + "/" + source.chart();
    }

    /** The index of the repository as helm has fetched it; a registry has none. */
    Optional<Path> index(Path home) {
        return Optional.of(HelmTool.cache(home).resolve("repository").resolve(HelmRepositories.name(0) + "-index.yaml"))
                .filter(Files::isRegularFile);
    }
}

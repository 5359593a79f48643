package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.render.helm.ChartFolder.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Copies of charts beside the checkout, at the same places relative to each other, in which {@code helm dependency build}
 * fills {@code charts/}. The network is used only when a dependency says so.
 */
final class ChartCopy {
    private final HelmTool tool;
    private final RenderTools tools;
    private final ScratchFolder scratch;
    private final Path top;
    private final Set<Path> made = new HashSet<>();

    ChartCopy(HelmTool tool, RenderTools tools, ScratchFolder scratch) {
        this.tool = tool;
        this.tools = tools;
        this.scratch = scratch;
        this.top = scratch.folder("charts");
    }

    /** Where the copy of a checkout's folder is. */
    Path of(SourceFolder root, Path folder) {
        return top.resolve(root.root().relativize(folder).toString());
    }

    /**
     * A copy with all dependencies in it.
     *
     * @param local the charts of the checkout that dependencies name, as they are found
     */
    Path make(ChartFolder chart, LocalCharts local) {
        Path copy = of(chart.root(), chart.folder());
        if (!made.add(copy)) {
            return copy;
        }
        try {
            Files.createDirectories(copy);
            for (Map.Entry<String, Path> file : chart.files().entrySet()) {
                Path target = copy.resolve(file.getKey());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file.getValue(), target);
            }
        } catch (IOException e) {
            throw new InvalidInputException("helm", "the chart cannot be copied: " + e.getMessage());
        }
        List<Dependency> missing = chart.missing();
        missing.stream().filter(Dependency::isLocal).forEach(dependency -> make(local.find(chart, dependency), local));
        if (!missing.isEmpty()) {
            build(chart, copy);
        }
        return copy;
    }

    private void build(ChartFolder chart, Path copy) {
        List<String> urls = chart.dependencies().stream()
                .filter(dependency -> dependency.repository().matches("https?://.*"))
                .map(Dependency::repository)
                .distinct()
                .toList();
        boolean online = !urls.isEmpty() || chart.dependencies().stream().anyMatch(Dependency::isRegistry);
        String shown = chart.root().shown(chart.folder());
        String run = "helm dependency build " + (shown.isEmpty() ? "." : shown);
        List<String> arguments = List.of("dependency", "build", copy.toString());
        Path home = scratch.folder("home");
        ToolOutput output = online
                ? tool.online(run, arguments, home, HelmRepositories.write(home, urls, tools))
                : tool.run(run, arguments, home);
        if (!output.succeeded()) {
            throw new InvalidInputException(
                    chart.missing().get(0).place(),
                    run + " cannot get what charts/ lacks: "
                            + HelmTool.reasons(output)
                                    .replace(top.toString(), chart.root().root().toString()));
        }
    }

    /** The charts that {@code file://} dependencies name. */
    interface LocalCharts {
        ChartFolder find(ChartFolder chart, Dependency dependency);
    }
}

package io.jenkins.plugins.gitops.engine.render.kustomize;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ToolEnvironment;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.render.build.ToolProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real kustomize: the binary that the host names, else that of the search path, else the one inside kubectl. Plugins that
 * run programs or containers are off, which is its default, and files outside of a kustomization's folder are not read.
 */
final class KustomizeTool {
    private final RenderTools tools;

    KustomizeTool(RenderTools tools) {
        this.tools = tools;
    }

    /**
     * Builds a folder.
     *
     * @param shown what errors call the run
     * @param home takes the place of the user's home
     * @param online whether it may fetch; it gets no proxy and no certificates otherwise
     */
    ToolOutput build(String shown, Path folder, Path home, boolean online) {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(folder.toString(), "--load-restrictor", "LoadRestrictionsRootOnly"));
        ToolEnvironment environment = new ToolEnvironment(tools.environment());
        Map<String, String> given = online ? environment.online(home) : environment.offline(home);
        return new ToolProcess(tools.limits()).run(shown, command, home, given);
    }

    /** @throws InvalidInputException when there is none */
    List<String> command() {
        Optional<Path> kustomize = tools.configuredKustomize().or(() -> tools.onPath("kustomize"));
        if (kustomize.isPresent()) {
            return List.of(kustomize.get().toString(), "build");
        }
        Path kubectl = tools.onPath("kubectl")
                .orElseThrow(() -> new InvalidInputException(
                        "kustomize",
                        "is needed to render this source, and neither kustomize nor kubectl is on the search path;"
                                + " install one of them, or say where it is"));
        return List.of(kubectl.toString(), "kustomize");
    }
}

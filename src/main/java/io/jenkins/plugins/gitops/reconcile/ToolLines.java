package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.ToolEnvironment;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.render.build.ToolProcess;
import io.jenkins.plugins.gitops.tool.NodeTools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Says for the log which tools render a source, and which versions they are. On the node. */
final class ToolLines {
    private final NodeTools configured;
    private final RenderTools tools;

    ToolLines(NodeTools configured, RenderTools tools) {
        this.configured = configured;
        this.tools = tools;
    }

    /** @throws InvalidInputException as rendering does, when the source is none */
    List<String> of(Source source, SourceTree tree) {
        Set<RendererKind> needed = RendererChoice.of(source, tree);
        List<String> lines = new ArrayList<>();
        if (needed.contains(RendererKind.helm)) {
            tools.helm()
                    .or(() -> tools.onPath("helm"))
                    .map(helm -> line("helm", helm, configured.helm(), "version", "--short"))
                    .ifPresent(lines::add);
        }
        if (needed.contains(RendererKind.kustomize)) {
            Optional<Path> kustomize = tools.kustomize().or(() -> tools.onPath("kustomize"));
            kustomize
                    .map(program -> line("kustomize", program, configured.kustomize(), "version"))
                    .or(() -> tools.onPath("kubectl")
                            .map(kubectl -> line("kubectl kustomize", kubectl, null, "version", "--client")))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private String line(String title, Path program, NodeTools.Tool configured, String... question) {
        return title + ": " + version(title, program, question) + " (" + program
                + (configured == null ? ", of the search path)" : ", the tool " + configured.name() + ")");
    }

    private String version(String title, Path program, String... question) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(question));
        try (ScratchFolder scratch = new ScratchFolder()) {
            Path home = scratch.folder("home");
            ToolOutput output = new ToolProcess(tools.limits())
                    .run(title, command, home, new ToolEnvironment(tools.environment()).offline(home));
            String text = new String(output.output(), StandardCharsets.UTF_8).strip();
            return output.succeeded() && !text.isEmpty()
                    ? text.lines().findFirst().orElseThrow()
                    : "unknown version";
        } catch (CancellationException e) {
            throw new CancelledException();
        } catch (InvalidInputException e) {
            return "unknown version, for it cannot be asked: " + e.getMessage();
        }
    }
}

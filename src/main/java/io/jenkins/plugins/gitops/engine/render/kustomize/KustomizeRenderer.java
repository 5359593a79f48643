package io.jenkins.plugins.gitops.engine.render.kustomize;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Builds a folder with a kustomization, with the application's changes to it. */
public final class KustomizeRenderer {
    /** By one of these a folder is Kustomize's. */
    public static final List<String> FILES = KustomizationFile.NAMES;

    private final KustomizeTool tool;

    public KustomizeRenderer(RenderTools tools) {
        this.tool = new KustomizeTool(tools);
    }

    /** @throws InvalidInputException with file and line where they are known, else with the tool's own words */
    public Built build(SourceFolder source, KustomizeOptions options) {
        if (!Files.isDirectory(source.path())) {
            throw new InvalidInputException("source.path", "must be a folder with a kustomization");
        }
        KustomizationFile written = KustomizationFile.read(source, source.path());
        KustomizationFile edited = new Overrides(options).applyTo(written);
        FilesRead read = FilesRead.of(source, edited, options.allowRemoteBases());
        try (ScratchFolder scratch = new ScratchFolder()) {
            EditedCopy copy = EditedCopy.make(edited, read, scratch);
            String shown = source.shown(source.path());
            String run = "kustomize build " + (shown.isEmpty() ? "." : shown);
            ToolOutput output = tool.build(
                    run, copy.folder(), scratch.folder("home"), !read.remote().isEmpty());
            if (!output.succeeded()) {
                throw new InvalidInputException(run, copy.inCheckoutWords(output.errors(), shown));
            }
            boolean kept = EditedCopy.asksForOrigins(written.content());
            Origin file = new Origin(written.file().getFileName().toString(), 0, 1);
            return new Built(documents(run, output, new Origins(copy, kept, file)), warnings(output));
        }
    }

    private static List<Built.Document> documents(String run, ToolOutput output, Origins origins) {
        List<Built.Document> documents = new ArrayList<>();
        for (YamlDocument document : new YamlReader().read(run, output.output())) {
            Origin origin = origins.take(document.content());
            documents.add(new Built.Document(document.content(), origin));
        }
        return documents;
    }

    /** Kustomize writes what it would rather not see as comments. */
    private static List<String> warnings(ToolOutput output) {
        return output.errors()
                .lines()
                .map(line -> line.replaceFirst("^# *", "").strip())
                .filter(line -> line.startsWith("Warning:"))
                .map(line -> "kustomize: " + line.substring("Warning:".length()).strip())
                .toList();
    }
}

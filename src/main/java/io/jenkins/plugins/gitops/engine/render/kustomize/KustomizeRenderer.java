package io.jenkins.plugins.gitops.engine.render.kustomize;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption;
import java.nio.file.Files;
import java.util.List;

/** Builds a folder with a kustomization, its own or a generated one, with the application's changes to it. */
public final class KustomizeRenderer {
    /** By one of these a folder is Kustomize's. */
    public static final List<String> FILES = KustomizationFile.NAMES;

    private final KustomizeTool tool;
    private final Decryption decryption;

    public KustomizeRenderer(RenderTools tools) {
        this.tool = new KustomizeTool(tools);
        this.decryption = new Decryption(tools.inputs().ageKeys());
    }

    /** @throws InvalidInputException with file and line, when the build would read what it may not, or is not there */
    public Rendering prepare(SourceFolder source, KustomizeOptions options) {
        if (!Files.isDirectory(source.path())) {
            throw new InvalidInputException("source.path", "must be a folder");
        }
        KustomizationFile written = KustomizationFile.isIn(source.path())
                ? KustomizationFile.read(source, source.path())
                : GeneratedKustomization.of(source);
        KustomizationFile edited = new Overrides(options).applyTo(written);
        FilesRead read = FilesRead.of(source, edited, options.allowRemoteBases());
        return new KustomizationBuild(tool, source, options, written, edited, read, decryption);
    }
}

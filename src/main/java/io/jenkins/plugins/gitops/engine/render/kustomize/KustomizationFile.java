package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.yaml.Limits;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The kustomization of a folder as it is written.
 *
 * @param folder without symbolic links
 * @param content as in the document, or an edited copy of it; positions are those of the document
 */
record KustomizationFile(Path folder, Path file, YamlDocument document, ObjectNode content) {
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /** Whether the folder has one. */
    static boolean isIn(Path folder) {
        return NAMES.stream().map(folder::resolve).anyMatch(Files::isRegularFile);
    }

    /** @throws InvalidInputException when the folder has none, or several, or one that is no YAML */
    static KustomizationFile read(SourceFolder checkout, Path folder) {
        List<Path> files =
                NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
        String shown = checkout.shown(folder).isEmpty() ? "the repository's root" : checkout.shown(folder);
        if (files.isEmpty()) {
            throw new InvalidInputException(shown, "holds no kustomization.yaml");
        }
        if (files.size() > 1) {
            throw new InvalidInputException(
                    shown,
                    "holds " + files.get(0).getFileName() + " and "
                            + files.get(1).getFileName() + "; Kustomize wants one of them");
        }
        Path file = files.get(0);
        String name = checkout.shown(file);
        inside(checkout, file).ifPresent(what -> {
            throw new InvalidInputException(name, what);
        });
        List<YamlDocument> documents = new YamlReader().read(name, text(name, file));
        if (documents.size() != 1) {
            throw new InvalidInputException(
                    name, documents.isEmpty() ? "is empty" : "must be one document, but holds " + documents.size());
        }
        return new KustomizationFile(
                folder, file, documents.get(0), documents.get(0).content());
    }

    /** Why a file may not be read; empty when it may. */
    static Optional<String> inside(SourceFolder checkout, Path file) {
        try {
            return checkout.holds(file.toRealPath())
                    ? Optional.empty()
                    : Optional.of("leads out of the repository or into .git; only files of the repository are read");
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static byte[] text(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Limits.DEFAULT.bytes() + 1);
        } catch (IOException e) {
            throw new InvalidInputException(name, "cannot be read: " + e.getMessage());
        }
    }

    /** Whether it is a file of the repository, and not generated. */
    boolean isWritten() {
        return Files.exists(file);
    }

    /** Of the file alone. */
    String name() {
        return folder.relativize(file).toString();
    }

    KustomizationFile withContent(ObjectNode edited) {
        return new KustomizationFile(folder, file, document, edited);
    }

    Problem problem(String pointer, String what) {
        return document.problem(pointer, what);
    }
}

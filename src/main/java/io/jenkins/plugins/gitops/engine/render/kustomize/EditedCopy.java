package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.sops.DecryptedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A copy of the top kustomization with the application's edits, beside the checkout, which stays as it is. The files that it
 * names itself are copied with it, since Kustomize reads files only below a kustomization; the folders that it names are read
 * where they are.
 *
 * @param folder what to build
 * @param top of all that was copied
 * @param original the folder in the checkout that {@code folder} stands for
 * @param root the folder in the checkout that {@code top} stands for
 */
record EditedCopy(Path folder, Path top, Path original, Path root) {
    static final String BUILD_METADATA = "buildMetadata";
    static final String ORIGINS = "originAnnotations";

    /**
     * Makes it.
     *
     * @param parent where
     * @param annotated whether Kustomize shall tell where objects come from
     */
    static EditedCopy make(KustomizationFile edited, FilesRead read, Path parent, boolean annotated) {
        Path original = edited.folder();
        // The same name as the original, for what is named as "../NAME/file".
        Path name = original.getFileName();
        Path folder = parent.resolve(name == null ? "root" : name.toString());
        try {
            Files.createDirectories(folder);
            for (Path file : read.filesOfTop()) {
                Path copy = folder.resolve(file);
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(original.resolve(file), copy);
            }
            ObjectNode content = edited.content().deepCopy();
            for (Map.Entry<String, Path> named : read.foldersOfTop().entrySet()) {
                rename(content, named.getKey(), folder.relativize(named.getValue()));
            }
            if (annotated) {
                annotateOrigins(content);
            }
            // JSON is YAML.
            Files.write(folder.resolve(edited.name()), content.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "kustomize", "the kustomization cannot be copied to " + folder + ": " + e.getMessage());
        }
        return new EditedCopy(folder, folder, original, original);
    }

    /**
     * A copy of all that the build reads, at the same places below the checkout's root, with the encrypted files decrypted.
     *
     * @param scratch in memory
     */
    static EditedCopy decrypted(
            KustomizationFile edited, FilesRead read, DecryptedFiles files, Path root, ScratchFolder scratch) {
        Path top = scratch.folder("build");
        Path folder = top.resolve(root.relativize(edited.folder()).toString());
        try {
            Files.createDirectories(folder);
            for (Path file : read.files()) {
                Path copy = top.resolve(root.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                files.write(file, copy);
            }
            ObjectNode content = edited.content().deepCopy();
            annotateOrigins(content);
            Files.write(folder.resolve(edited.name()), content.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "kustomize", "the files of the kustomization cannot be copied to " + top + ": " + e.getMessage());
        }
        return new EditedCopy(folder, top, edited.folder(), root);
    }

    /** @param pointer to an item of a list of the kustomization: {@code /field/index} */
    private static void rename(ObjectNode content, String pointer, Path path) {
        int slash = pointer.lastIndexOf('/');
        ArrayNode list = (ArrayNode) content.at(pointer.substring(0, slash));
        list.set(
                Integer.parseInt(pointer.substring(slash + 1)),
                list.textNode(path.toString().replace('\\', '/')));
    }

    private static void annotateOrigins(ObjectNode content) {
        ArrayNode metadata = content.path(BUILD_METADATA) instanceof ArrayNode existing
                ? existing
                : content.putArray(BUILD_METADATA);
        if (!asksForOrigins(content)) {
            metadata.add(ORIGINS);
        }
    }

    static boolean asksForOrigins(ObjectNode content) {
        for (JsonNode word : content.path(BUILD_METADATA)) {
            if (word.asText().equals(ORIGINS)) {
                return true;
            }
        }
        return false;
    }

    /** A path that Kustomize tells, relative to the copy, as it is in the checkout. */
    Path inCheckout(String path) {
        Path real = folder.resolve(path).normalize();
        return real.startsWith(top) ? root.resolve(top.relativize(real)) : real;
    }

    /** A message of the tool without this copy's paths. */
    String inCheckoutWords(String message, String shown) {
        return message.replace(folder.toString(), shown).replace(top + "/", "");
    }
}

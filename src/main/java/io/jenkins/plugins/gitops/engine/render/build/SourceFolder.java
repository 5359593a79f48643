package io.jenkins.plugins.gitops.engine.render.build;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.NearestName;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a source's path leads, inside the checkout.
 *
 * @param root the checkout, without symbolic links
 * @param path the folder or file, without symbolic links
 */
public record SourceFolder(Path root, Path path) {
    private static final String OPTION = "source.path";
    private static final String GIT = ".git";

    /** @throws InvalidInputException when the path does not exist or leads out of the checkout */
    public static SourceFolder find(SourceTree tree, Source source) {
        Path root;
        try {
            root = tree.root().toRealPath();
        } catch (IOException e) {
            throw new InvalidInputException("source", "the checkout cannot be read: " + e.getMessage());
        }
        SourceFolder folder = new SourceFolder(root, root);
        for (Path name : relative(source.path())) {
            if (!name.toString().isEmpty() && !name.toString().equals(".")) {
                folder = folder.enter(name.toString(), source.path());
            }
        }
        return folder;
    }

    private static Path relative(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                throw new InvalidInputException(
                        OPTION, "\"" + text + "\" is absolute; write it relative to the repository's root");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new InvalidInputException(OPTION, "is not a path: " + e.getReason());
        }
    }

    private SourceFolder enter(String name, String whole) {
        if (name.equals("..")) {
            throw new InvalidInputException(
                    OPTION,
                    "\"" + whole + "\" contains \"..\"; write it relative to the repository's root, without it");
        }
        if (name.equals(GIT)) {
            throw new InvalidInputException(OPTION, "\"" + whole + "\" leads into .git, which is never read");
        }
        Path next = path.resolve(name);
        if (!Files.exists(next)) {
            throw new InvalidInputException(OPTION, missing(name, whole));
        }
        try {
            Path real = next.toRealPath();
            if (!holds(real)) {
                throw new InvalidInputException(
                        OPTION,
                        "\"" + whole + "\": " + shown(next) + " is a symbolic link out of the repository, to "
                                + Files.readSymbolicLink(next) + "; only files of the repository are read");
            }
            return new SourceFolder(root, real);
        } catch (IOException e) {
            throw new InvalidInputException(OPTION, "\"" + whole + "\" cannot be read: " + e.getMessage());
        }
    }

    private String missing(String name, String whole) {
        List<String> names = names();
        String in = path.equals(root) ? "the repository's root" : shown(path);
        String nearest = NearestName.of(name, names)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse(names.isEmpty() ? "; it is empty" : "; there are: " + String.join(", ", names));
        return "\"" + whole + "\" does not exist: " + in + " holds no \"" + name + "\"" + nearest;
    }

    private List<String> names() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.map(child -> path.relativize(child).toString())
                    .filter(name -> !name.equals(GIT))
                    .sorted()
                    .limit(50)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a file of this name, whether it may be read or not. */
    public boolean hasFile(String name) {
        return Files.isRegularFile(path.resolve(name));
    }

    /** Whether the engine may read this path; it must be free of symbolic links. */
    public boolean holds(Path real) {
        if (!real.startsWith(root)) {
            return false;
        }
        for (Path name : root.relativize(real)) {
            if (name.toString().equals(GIT)) {
                return false;
            }
        }
        return true;
    }

    /** A path inside the checkout, for errors. */
    public String shown(Path inside) {
        return root.relativize(inside).toString();
    }
}

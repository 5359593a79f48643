package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the manifest files of a source: {@code .yaml}, {@code .yml} and {@code .json}, narrowed by {@code include} and
 * {@code exclude}. A folder that {@code exclude} matches is not entered. Symbolic links are followed inside the checkout and
 * are a problem when they lead out of it, into {@code .git} or back to a folder above; {@code .git} and {@code .sops.yaml} are never read.
 */
final class SourceFiles {
    /** How SOPS is to encrypt: of use to people only. */
    private static final String SOPS_CONFIGURATION = ".sops.yaml";

    private final SourceFolder folder;
    private final boolean recurse;
    private final Globs include;
    private final Globs exclude;
    private final Consumer<Problem> problems;
    private final SortedMap<String, Path> found = new TreeMap<>();
    private final Deque<Path> above = new ArrayDeque<>();

    SourceFiles(SourceFolder folder, Source source, Consumer<Problem> problems) {
        this.folder = folder;
        this.recurse = source.recurse();
        this.include = new Globs("source.include", source.include());
        this.exclude = new Globs("source.exclude", source.exclude());
        this.problems = problems;
    }

    /** By path relative to the source's path, with {@code /}, in lexicographic order; the values are free of links. */
    SortedMap<String, Path> find() {
        Path start = folder.path();
        if (Files.isDirectory(start)) {
            enter(start, Path.of(""));
        } else {
            found.put(start.getName(start.getNameCount() - 1).toString(), start);
        }
        return found;
    }

    private void enter(Path real, Path relative) {
        if (above.contains(real)) {
            problem(
                    relative,
                    "is a symbolic link back to " + folder.shown(real) + ", a folder above it; remove the link");
            return;
        }
        above.push(real);
        for (Path child : children(real, relative)) {
            String name = real.relativize(child).toString();
            if (!name.equals(".git") && !name.equals(SOPS_CONFIGURATION)) {
                look(child, relative.resolve(name));
            }
        }
        above.pop();
    }

    private List<Path> children(Path real, Path relative) {
        try (Stream<Path> children = Files.list(real)) {
            return children.sorted().toList();
        } catch (IOException e) {
            problem(relative, "cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private void look(Path path, Path relative) {
        if (exclude.match(relative)) {
            return;
        }
        boolean isFolder = Files.isDirectory(path);
        if (isFolder ? !recurse : !isWanted(relative)) {
            return;
        }
        Path real;
        try {
            real = path.toRealPath();
            if (!folder.holds(real)) {
                problem(
                        relative,
                        "is a symbolic link out of the repository or into .git, to " + Files.readSymbolicLink(path)
                                + "; remove it, or exclude it with source.exclude");
                return;
            }
        } catch (IOException e) {
            problem(relative, Files.isSymbolicLink(path) ? "is a symbolic link to nothing" : "cannot be read: " + e);
            return;
        }
        if (isFolder) {
            enter(real, relative);
        } else if (Files.isRegularFile(real)) {
            found.put(shown(relative), real);
        } else {
            problem(relative, "is neither a file nor a folder");
        }
    }

    private boolean isWanted(Path relative) {
        String name = relative.toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                && (include.isEmpty() || include.match(relative));
    }

    private void problem(Path relative, String what) {
        problems.accept(new Problem(shown(relative), what));
    }

    private static String shown(Path relative) {
        return relative.toString().replace('\\', '/');
    }
}

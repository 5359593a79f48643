package io.jenkins.plugins.gitops.engine.render.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.yaml.Limits;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A chart as it is written.
 *
 * @param root within which everything that it reads must be
 * @param folder without symbolic links
 * @param name as helm's messages begin paths of its templates
 * @param dependencies that it declares
 * @param files all of it, by path relative to the folder with {@code /}; links are followed, {@code .git} is left out
 */
record ChartFolder(
        SourceFolder root, Path folder, String name, List<Dependency> dependencies, SortedMap<String, Path> files) {
    static final String FILE = "Chart.yaml";
    private static final String LOCAL = "file://";

    /**
     * One that a chart declares.
     *
     * @param place in the file that declares it
     */
    record Dependency(String name, String repository, String place) {
        boolean isLocal() {
            return repository.startsWith(LOCAL);
        }

        boolean isRegistry() {
            return repository.startsWith("oci://");
        }

        String localPath() {
            return repository.substring(LOCAL.length());
        }
    }

    /** @throws InvalidInputException when there is no chart, or a link leads out of the root */
    static ChartFolder read(SourceFolder root, Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            String shown = root.shown(folder).isEmpty() ? "the repository's root" : root.shown(folder);
            throw new InvalidInputException(shown, "is no chart: it holds no " + FILE);
        }
        SortedMap<String, Path> files = files(root, folder);
        ObjectNode chart = document(root, file).content();
        List<Dependency> dependencies = new ArrayList<>();
        for (Path declaring : List.of(file, folder.resolve("requirements.yaml"))) {
            if (Files.isRegularFile(declaring)) {
                dependencies.addAll(dependencies(root, declaring));
            }
        }
        return new ChartFolder(root, folder, chart.path("name").asText(""), dependencies, files);
    }

    private static List<Dependency> dependencies(SourceFolder root, Path file) {
        YamlDocument document = document(root, file);
        JsonNode list = document.content().path("dependencies");
        List<Dependency> found = new ArrayList<>();
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            found.add(new Dependency(
                    list.get(i).path("name").asText(""),
                    list.get(i).path("repository").asText(""),
                    document.problem("/dependencies/" + i, "").where()));
        }
        return found;
    }

    private static YamlDocument document(SourceFolder root, Path file) {
        String shown = root.shown(file);
        try (InputStream in = Files.newInputStream(file)) {
            List<YamlDocument> documents = new YamlReader().read(shown, in.readNBytes(Limits.DEFAULT.bytes() + 1));
            if (documents.isEmpty()) {
                throw new InvalidInputException(shown, "is empty");
            }
            return documents.get(0);
        } catch (IOException e) {
            throw new InvalidInputException(shown, "cannot be read: " + e.getMessage());
        }
    }

    /** Helm follows links; so what they lead to is checked, and counted. */
    private static SortedMap<String, Path> files(SourceFolder root, Path folder) {
        SortedMap<String, Path> files = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                                throws IOException {
                            return isGit(visited) || !inside(visited)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                            if (!isGit(file) && inside(file)) {
                                files.put(folder.relativize(file).toString().replace('\\', '/'), file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        private boolean isGit(Path path) {
                            return path.endsWith(".git");
                        }

                        private boolean inside(Path path) throws IOException {
                            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                                problems.add(new Problem(root.shown(path), "is a symbolic link to nothing"));
                                return false;
                            }
                            boolean held = root.holds(path.toRealPath());
                            if (!held) {
                                problems.add(new Problem(
                                        root.shown(path),
                                        "is a symbolic link out of the repository or into .git; only files of the"
                                                + " repository are read"));
                            }
                            return held;
                        }
                    });
        } catch (IOException e) {
            throw new InvalidInputException(root.shown(folder), "cannot be read: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return files;
    }

    /** The dependencies that are not in {@code charts/} yet. */
    List<Dependency> missing() {
        return dependencies.stream()
                .filter(dependency -> !isVendored(dependency))
                .toList();
    }

    private boolean isVendored(Dependency dependency) {
        Path charts = folder.resolve("charts");
        if (!Files.isDirectory(charts)) {
            return false;
        }
        if (Files.isRegularFile(charts.resolve(dependency.name()).resolve(FILE))) {
            return true;
        }
        try (Stream<Path> children = Files.list(charts)) {
            return children.map(child -> charts.relativize(child).toString())
                    .anyMatch(file -> file.startsWith(dependency.name() + "-") && file.endsWith(".tgz"));
        } catch (IOException e) {
            throw new InvalidInputException(root.shown(charts), "cannot be read: " + e.getMessage());
        }
    }

    /** Whether helm must not read it where it is: it would read {@code .git} too. */
    boolean holdsGit() {
        return Files.exists(folder.resolve(".git"));
    }
}

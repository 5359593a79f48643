package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.dependency.DependencyGraph;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application files of one folder, not of those below: what {@code dependsOn} can name. Other files are left alone. */
record ApplicationFolder(Path folder) {
    private static final Pattern APPLICATION =
            Pattern.compile("(?m)^\\s*[\"']?apiVersion[\"']?\\s*:\\s*[\"']?gitops\\.jenkins\\.io/");

    /**
     * The applications that this one names, in its order.
     *
     * @param file as errors shall name the application's own
     * @throws InvalidInputException when there is no such application, two of them, one that cannot be read, or a cycle
     */
    List<Application> dependencies(String file, Application application) {
        if (application.dependsOn().isEmpty()) {
            return List.of();
        }
        List<Problem> unreadable = new ArrayList<>();
        List<Application> all = read(unreadable).stream()
                .filter(other -> !other.uuid().equals(application.uuid()))
                .toList();
        Map<String, List<String>> graph = new TreeMap<>();
        all.forEach(other -> graph.put(other.name(), other.dependsOn()));
        List<Problem> problems = new ArrayList<>();
        new DependencyGraph(graph)
                .with(application.name(), application.dependsOn())
                .problems(application.name())
                .forEach(problem -> problems.add(new Problem(file, "spec.dependsOn: " + problem)));
        for (String name : application.dependsOn()) {
            long times = all.stream().filter(other -> other.name().equals(name)).count();
            if (times > 1) {
                problems.add(
                        new Problem(file, "spec.dependsOn: " + times + " files in " + folder + " declare " + name));
            }
        }
        if (!problems.isEmpty()) {
            // One of these may be what is missed.
            problems.addAll(unreadable);
            throw new InvalidInputException(problems);
        }
        return application.dependsOn().stream()
                .map(name -> all.stream()
                        .filter(other -> other.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private List<Application> read(List<Problem> unreadable) {
        List<Application> applications = new ArrayList<>();
        for (Path file : files()) {
            try {
                if (APPLICATION
                        .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .find()) {
                    applications.add(new ApplicationFile().read(file));
                }
            } catch (InvalidInputException e) {
                unreadable.addAll(e.problems());
            } catch (IOException e) {
                unreadable.add(new Problem(file.toString(), "cannot be read: " + e.getMessage()));
            }
        }
        return applications;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new InvalidInputException(
                    folder.toString(), "the folder of the applications cannot be read: " + e.getMessage());
        }
    }
}

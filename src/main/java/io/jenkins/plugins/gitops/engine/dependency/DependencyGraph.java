package io.jenkins.plugins.gitops.engine.dependency;

import io.jenkins.plugins.gitops.engine.model.NearestName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which applications depend on which, by the names that they have among each other.
 *
 * @param dependencies of every application that there is, also of those without any
 */
public record DependencyGraph(Map<String, List<String>> dependencies) {
    public DependencyGraph {
        dependencies = Map.copyOf(dependencies);
    }

    /** With what one application is to have from now on, as before it is saved. */
    public DependencyGraph with(String application, List<String> dependsOn) {
        Map<String, List<String>> changed = new LinkedHashMap<>(dependencies);
        changed.put(application, List.copyOf(dependsOn));
        return new DependencyGraph(changed);
    }

    /** What is wrong with an application's dependencies, a sentence each: names that there are not, and a cycle that it is part of or leads to. */
    public List<String> problems(String application) {
        List<String> problems = new ArrayList<>();
        for (String name : of(application)) {
            if (!dependencies.containsKey(name)) {
                problems.add("there is no application \"" + name + "\" to depend on"
                        + NearestName.of(name, dependencies.keySet())
                                .filter(nearest -> !nearest.equals(application))
                                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                .orElse(""));
            }
        }
        cycle(application)
                .ifPresent(cycle ->
                        problems.add("applications depend on each other in a circle, so that none could ever be"
                                + " first: " + String.join(" -> ", cycle)));
        return problems;
    }

    /** A cycle that is reached from the application: its first name is its last one too. */
    public Optional<List<String>> cycle(String application) {
        return search(application, new ArrayDeque<>(), new HashSet<>());
    }

    private Optional<List<String>> search(String name, Deque<String> path, Set<String> done) {
        if (path.contains(name)) {
            List<String> cycle = new ArrayList<>(path);
            cycle.add(name);
            return Optional.of(cycle.subList(cycle.indexOf(name), cycle.size()));
        }
        if (!done.add(name)) {
            return Optional.empty();
        }
        path.addLast(name);
        for (String dependency : of(name)) {
            Optional<List<String>> cycle = search(dependency, path, done);
            if (cycle.isPresent()) {
                return cycle;
            }
        }
        path.removeLast();
        return Optional.empty();
    }

    private List<String> of(String application) {
        return dependencies.getOrDefault(application, List.of());
    }
}

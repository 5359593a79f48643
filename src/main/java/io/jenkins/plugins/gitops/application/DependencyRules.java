package io.jenkins.plugins.gitops.application;

import hudson.model.Items;
import hudson.security.ACL;
import io.jenkins.plugins.gitops.engine.dependency.DependencyGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/** What one application may depend on. */
final class DependencyRules {
    private final GitOpsApplication application;

    DependencyRules(GitOpsApplication application) {
        this.application = application;
    }

    /** Which application depends on which, by full names. */
    private static DependencyGraph all() {
        Map<String, List<String>> dependencies = new HashMap<>();
        for (GitOpsApplication each : Items.allItems2(ACL.SYSTEM2, Jenkins.get(), GitOpsApplication.class)) {
            dependencies.put(each.getFullName(), each.getDependencies());
        }
        return new DependencyGraph(dependencies);
    }

    /** The circle that an application would be part of, or lead to; empty when there is none. Names that there are not yet are none. */
    private static Optional<String> problemOfCycle(DependencyGraph all, String application) {
        return all.cycle(application)
                .map(cycle -> Messages.DependencyRules_Cycle(application, String.join(" -> ", cycle)));
    }

    /**
     * What is wrong with those that would be part of a circle, or lead to one, when all of these are made or changed together, beside
     * what there is.
     *
     * @param dependencies full names by full name
     * @return by full name, in the order of {@code dependencies}
     */
    static Map<String, String> problemsOfCycles(Map<String, List<String>> dependencies) {
        DependencyGraph all = all();
        for (Map.Entry<String, List<String>> each : dependencies.entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        Map<String, String> problems = new LinkedHashMap<>();
        for (String application : dependencies.keySet()) {
            problemOfCycle(all, application).ifPresent(problem -> problems.put(application, problem));
        }
        return problems;
    }

    /** Why these must not be saved, by whatever way. What they name may still be to come. */
    Optional<String> problemOfCycle(DependencySettings wanted) {
        return wanted.isEmpty() ? Optional.empty() : problemOfCycle(application.getFullName(), wanted.in(folder()));
    }

    /** The same of an application that may not be there yet. */
    static Optional<String> problemOfCycle(String application, List<String> wanted) {
        return Optional.ofNullable(problemsOfCycles(Map.of(application, wanted)).get(application));
    }

    /**
     * Why the form is not saved: it names what is not there for whoever fills it in, and was not there before. What cannot be seen
     * does not exist.
     */
    Optional<String> problemOfForm(DependencySettings wanted) {
        Set<String> known = new HashSet<>(application.getDependencies());
        Jenkins.get().allItems(GitOpsApplication.class).forEach(each -> known.add(each.getFullName()));
        Map<String, List<String>> visible = new HashMap<>();
        known.forEach(name -> visible.put(name, List.of()));
        return new DependencyGraph(visible)
                .with(application.getFullName(), wanted.in(folder())).problems(application.getFullName()).stream()
                        .findFirst()
                        .or(() -> problemOfCycle(wanted));
    }

    /** Why a sync can never begin: what it needs is gone, or was made to need it. */
    Optional<String> problem() {
        if (application.getDependsOn().isEmpty()) {
            return Optional.empty();
        }
        DependencyGraph all = all();
        return all.problems(application.getFullName()).stream()
                .findFirst()
                .map(what -> Messages.DependencyRules_Problem(application.getFullName(), what));
    }

    private String folder() {
        return application.getParent().getFullName();
    }
}

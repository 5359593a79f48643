package io.jenkins.plugins.gitops.application;

import hudson.BulkChange;
import hudson.ExtensionList;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.field.FullName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;

/** Applications that are made together in one folder: all of them, or none. */
public final class NewApplications {
    private final ModifiableTopLevelItemGroup folder;
    private final List<ApplicationDefinition> definitions;
    private final GitOpsApplicationDescriptor type = ExtensionList.lookupSingleton(GitOpsApplicationDescriptor.class);

    /** @param definitions whose names are those of items in the folder */
    public NewApplications(ModifiableTopLevelItemGroup folder, List<ApplicationDefinition> definitions) {
        this.folder = folder;
        this.definitions = List.copyOf(definitions);
    }

    /** Why one of them cannot be made, each named by its application; empty when all can. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (ApplicationDefinition definition : definitions) {
            problemOfName(definition.getName())
                    .or(() -> problemOfCluster(definition))
                    .map(what -> new Problem(definition.getName(), what))
                    .or(() -> definition
                            .problem()
                            .map(problem -> new Problem(definition.getName(), problem.where() + ": " + problem.what())))
                    .ifPresent(problems::add);
        }
        problems.addAll(cycles());
        return problems;
    }

    /** Those that wait for each other, of these and of all that there are. */
    private List<Problem> cycles() {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        for (ApplicationDefinition definition : definitions) {
            String fullName = FullName.of(folder, definition.getName());
            DependencySettings dependsOn = definition.getDependsOn();
            names.put(fullName, definition.getName());
            dependencies.put(fullName, dependsOn == null ? List.of() : dependsOn.in(folder.getFullName()));
        }
        List<Problem> problems = new ArrayList<>();
        DependencyRules.problemsOfCycles(dependencies)
                .forEach((fullName, what) -> problems.add(new Problem(names.get(fullName), what)));
        return problems;
    }

    private Optional<String> problemOfName(String name) {
        try {
            Jenkins.checkGoodName(name);
            Jenkins.get().getProjectNamingStrategy().checkName(folder.getFullName(), name);
        } catch (Failure e) {
            return Optional.of(e.getMessage());
        }
        // One that its maker may not see is in the way too.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return folder.getItem(name) == null
                    ? Optional.empty()
                    : Optional.of(Messages.NewApplications_Exists(name, place()));
        }
    }

    private Optional<String> problemOfCluster(ApplicationDefinition definition) {
        List<String> usable = Clusters.usableIn(folder, definition.getName()).stream()
                .map(ClusterDefinition::getName)
                .toList();
        if (usable.contains(definition.getCluster())) {
            return Optional.empty();
        }
        String choice = usable.isEmpty() ? Messages.NewApplications_NoClusters() : String.join(", ", usable);
        return Optional.of(
                definition.getCluster().isEmpty()
                        ? Messages.NewApplications_NoCluster(choice)
                        : Messages.NewApplications_UnknownCluster(definition.getCluster(), place(), choice));
    }

    private String place() {
        return folder.getFullName().isEmpty() ? "Jenkins" : folder.getFullName();
    }

    /**
     * Makes them, in their order.
     *
     * @throws Failure when one cannot be made; then none is
     * @throws IOException when one cannot be saved; those that were made before it are deleted
     */
    public List<GitOpsApplication> create() throws IOException {
        ((AccessControlled) folder).checkPermission(Item.CREATE);
        type.checkApplicableIn(folder);
        ((AccessControlled) folder).getACL().checkCreatePermission(folder, type);
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            throw new Failure(
                    String.join("\n", problems.stream().map(Problem::toString).toList()));
        }
        List<GitOpsApplication> made = new ArrayList<>();
        try {
            for (ApplicationDefinition definition : definitions) {
                made.add((GitOpsApplication) folder.createProject(type, definition.getName(), true));
                configure(made.get(made.size() - 1), definition);
            }
        } catch (IOException | IllegalArgumentException e) {
            takeBack(made, e);
            throw new IOException(Messages.NewApplications_Failed(e.getMessage()), e);
        }
        return made;
    }

    private static void configure(GitOpsApplication application, ApplicationDefinition definition) throws IOException {
        try (BulkChange change = new BulkChange(application)) {
            definition.applyTo(application);
            application.setDescription(definition.getDescription());
            change.commit();
        }
    }

    /** Nobody may be left to delete by hand what was to be one whole. */
    private static void takeBack(List<GitOpsApplication> made, Exception why) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (GitOpsApplication application : made) {
                application.delete();
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why.addSuppressed(e);
        }
    }
}

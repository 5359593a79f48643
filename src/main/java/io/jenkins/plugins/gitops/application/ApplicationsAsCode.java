package io.jenkins.plugins.gitops.application;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;

/**
 * Applications that a file describes: makes those that are missing, with the folders that they are in, and configures those
 * that are there. Deletes none. A file that is read while Jenkins starts is carried out when its items are loaded.
 */
@Extension
public final class ApplicationsAsCode {
    private List<ApplicationDefinition> pending = List.of();

    public static ApplicationsAsCode get() {
        return ExtensionList.lookupSingleton(ApplicationsAsCode.class);
    }

    /** Those that there are, as definitions that would make them again. */
    public List<ApplicationDefinition> all() {
        return Jenkins.get().getAllItems(GitOpsApplication.class).stream()
                .map(ApplicationDefinition::of)
                .toList();
    }

    /** @throws IllegalArgumentException naming the application and what is wrong with its definition */
    public void require(List<ApplicationDefinition> definitions) {
        Set<String> names = new HashSet<>();
        Set<String> identities = new HashSet<>();
        for (ApplicationDefinition definition : definitions) {
            Problem problem = definition.problem().orElse(null);
            if (problem != null) {
                throw new IllegalArgumentException(
                        Messages.ApplicationsAsCode_Problem(definition.getName(), problem.where(), problem.what()));
            }
            if (definition.getName().isEmpty() || !names.add(definition.getName())) {
                throw new IllegalArgumentException(Messages.ApplicationsAsCode_Name(definition.getName()));
            }
            if (definition.getCluster().isEmpty()) {
                throw new IllegalArgumentException(Messages.ApplicationsAsCode_NoCluster(definition.getName()));
            }
            if (definition.getUuid() != null && !identities.add(definition.getUuid())) {
                throw new IllegalArgumentException(
                        Messages.ApplicationsAsCode_Twice(definition.getName(), definition.getUuid()));
            }
        }
        requireNoCycle(definitions);
    }

    /** All of them together, beside what there is: the order in the file does not matter. */
    private static void requireNoCycle(List<ApplicationDefinition> definitions) {
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        definitions.forEach(definition -> dependencies.put(definition.getName(), definition.dependencies()));
        DependencyRules.problemsOfCycles(dependencies).forEach((name, cycle) -> {
            throw new IllegalArgumentException(Messages.ApplicationsAsCode_Problem(name, "dependsOn", cycle));
        });
    }

    /** @throws IOException when one cannot be made or saved; those before it are made */
    public synchronized void apply(List<ApplicationDefinition> definitions) throws IOException {
        require(definitions);
        if (Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_LOADED) < 0) {
            pending = List.copyOf(definitions);
            return;
        }
        for (ApplicationDefinition definition : definitions) {
            apply(definition);
        }
    }

    /** Carries out what was read before there were items. */
    @Initializer(after = InitMilestone.JOB_LOADED, before = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void loaded() throws IOException {
        ApplicationsAsCode code = get();
        synchronized (code) {
            List<ApplicationDefinition> waiting = code.pending;
            code.pending = List.of();
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                for (ApplicationDefinition definition : waiting) {
                    code.apply(definition);
                }
            }
        }
    }

    private void apply(ApplicationDefinition definition) throws IOException {
        GitOpsApplication application = find(definition.getName());
        requireOwn(definition, application);
        try (BulkChange change = new BulkChange(application)) {
            definition.applyTo(application);
            application.setDisplayName(definition.getDisplayName());
            application.setDescription(definition.getDescription());
            change.commit();
        }
    }

    private static void requireOwn(ApplicationDefinition definition, GitOpsApplication application) throws IOException {
        for (GitOpsApplication other : Jenkins.get().allItems(GitOpsApplication.class)) {
            if (other != application && Objects.equals(other.getUuid(), definition.getUuid())) {
                throw new IOException(Messages.ApplicationsAsCode_Twice(other.getFullName(), definition.getUuid()));
            }
        }
    }

    private static GitOpsApplication find(String fullName) throws IOException {
        ModifiableTopLevelItemGroup folder = Jenkins.get();
        String[] names = fullName.split("/");
        for (int i = 0; i < names.length - 1; i++) {
            folder = folder(folder, names[i]);
        }
        String name = names[names.length - 1];
        Item item = folder.getItem(name);
        if (item == null) {
            Jenkins.checkGoodName(name);
            GitOpsApplicationDescriptor type = ExtensionList.lookupSingleton(GitOpsApplicationDescriptor.class);
            item = folder.createProject(type, name, true);
        }
        if (item instanceof GitOpsApplication application) {
            return application;
        }
        throw new IOException(
                Messages.ApplicationsAsCode_Occupied(item.getFullName(), Messages.GitOpsApplication_DisplayName()));
    }

    private static ModifiableTopLevelItemGroup folder(ModifiableTopLevelItemGroup parent, String name)
            throws IOException {
        Item item = parent.getItem(name);
        if (item == null) {
            Jenkins.checkGoodName(name);
            item = parent.createProject(ExtensionList.lookupSingleton(Folder.DescriptorImpl.class), name, true);
        }
        if (item instanceof ModifiableTopLevelItemGroup folder) {
            return folder;
        }
        throw new IOException(Messages.ApplicationsAsCode_Occupied(item.getFullName(), "Folder"));
    }
}

package io.jenkins.plugins.gitops.application;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import io.jenkins.plugins.gitops.field.FullName;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * A config.xml that somebody posts, by the remote API, the command line of Jenkins or Job DSL. Core has put it into the item before
 * anybody is asked, and writes it to the disk afterwards: what must not be is taken out again.
 */
final class PostedConfiguration {
    private final String refusal;

    private PostedConfiguration(String refusal) {
        this.refusal = refusal;
    }

    /**
     * Called before the item is loaded. An item that was there is what it was before; a new one is not made.
     *
     * @throws RefusedConfiguration when the item is a new one
     */
    static PostedConfiguration of(GitOpsApplication application, ItemGroup<? extends Item> parent, String name)
            throws IOException {
        if (!Items.currentlyUpdatingByXml() || application.getDependsOn().isEmpty()) {
            return new PostedConfiguration("");
        }
        String fullName = FullName.of(parent, name);
        Optional<String> cycle = DependencyRules.problemOfCycle(
                fullName, application.getDependsOn().in(parent.getFullName()));
        if (cycle.isEmpty()) {
            return new PostedConfiguration("");
        }
        if (Jenkins.get().getItemByFullName(fullName) != application) {
            throw new RefusedConfiguration(cycle.get());
        }
        application.getConfigFile().unmarshalNullingOut(application);
        return new PostedConfiguration(cycle.get());
    }

    /** Called when the item is loaded again. */
    void requireTaken() throws RefusedConfiguration {
        if (!refusal.isEmpty()) {
            throw new RefusedConfiguration(refusal);
        }
    }
}

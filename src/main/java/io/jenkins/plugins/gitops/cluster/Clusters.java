package io.jenkins.plugins.gitops.cluster;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.List;

/** The configured clusters as the rest of the plugin sees them. */
public final class Clusters {
    private Clusters() {}

    /**
     * A cluster by its name.
     *
     * @param context the item that uses it; null stands for Jenkins itself
     * @throws AbortException when there is none, or the item may not use it: both read the same, so that nobody learns of
     *     clusters that are not for them
     */
    public static ClusterDefinition find(String name, Item context) throws AbortException {
        return GitOpsConfiguration.get()
                .named(name)
                .filter(cluster -> cluster.isUsableBy(context))
                .orElseThrow(() -> new AbortException(explain(name, context)));
    }

    /** Those that an item may use, in the order in which they are configured. */
    public static List<ClusterDefinition> usableBy(Item context) {
        return GitOpsConfiguration.get().getClusters().stream()
                .filter(cluster -> cluster.isUsableBy(context))
                .toList();
    }

    /** Those that an item of this name could use in the folder, which is not there yet. */
    public static List<ClusterDefinition> usableIn(ItemGroup<?> folder, String name) {
        return GitOpsConfiguration.get().getClusters().stream()
                .filter(cluster -> cluster.isUsableIn(folder, name))
                .toList();
    }

    private static String explain(String name, Item context) {
        List<String> names =
                usableBy(context).stream().map(ClusterDefinition::getName).toList();
        String place = context == null ? "Jenkins" : context.getFullName();
        return names.isEmpty()
                ? Messages.Clusters_none(name, place)
                : Messages.Clusters_others(name, place, String.join(", ", names));
    }
}

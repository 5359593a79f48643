package io.jenkins.plugins.gitops.cluster;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.gitops.field.FullName;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether an item may use a cluster. The cluster says in which folders (an entry stands for the folder and all below it, an
 * item's own full name is an entry too), and every folder above the item may say which clusters (so that a folder can take
 * away, never give).
 */
record FolderRule(String cluster, List<String> allowedFolders) {
    /** @param item null stands for Jenkins itself, which may use every cluster */
    boolean allows(Item item) {
        return item == null || (clusterAllows(item.getFullName()) && foldersAllow(item));
    }

    /** The same for an item that is not there yet. */
    boolean allowsIn(ItemGroup<?> folder, String name) {
        return clusterAllows(FullName.of(folder, name)) && foldersAllow(folder);
    }

    private boolean clusterAllows(String fullName) {
        return allowedFolders.isEmpty()
                || allowedFolders.stream()
                        .anyMatch(folder -> pattern(folder).matcher(fullName).matches());
    }

    /** {@code *} is any text within one name. */
    private static Pattern pattern(String folder) {
        return Pattern.compile(Pattern.quote(folder).replace("*", "\\E[^/]*\\Q") + "(/.*)?");
    }

    private boolean foldersAllow(Object from) {
        Object above = from;
        while (above instanceof Item current) {
            if (current instanceof AbstractFolder<?> folder) {
                ClusterFolderProperty property = folder.getProperties().get(ClusterFolderProperty.class);
                if (property != null && !property.allows(cluster)) {
                    return false;
                }
            }
            ItemGroup<?> parent = current.getParent();
            above = parent;
        }
        return true;
    }
}

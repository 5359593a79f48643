package io.jenkins.plugins.gitops.application;

import java.util.Locale;

/** What an item is called in a cluster: part of the name of a ConfigMap, so lower-case letters, digits and hyphens. */
public final class ClusterName {
    private static final int MAX = 200;

    private ClusterName() {}

    public static String of(String itemName) {
        String name =
                itemName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = name.length() > MAX ? name.substring(0, MAX).replaceAll("-$", "") : name;
        return cut.isEmpty() ? "application" : cut;
    }
}

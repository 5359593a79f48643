package io.jenkins.plugins.gitops.field;

import hudson.model.Item;
import hudson.model.ItemGroup;

/** Where an item is or is to be, as {@link Item#getFullName()} says. */
public final class FullName {
    private FullName() {}

    public static String of(ItemGroup<?> folder, String name) {
        String place = folder.getFullName();
        return place.isEmpty() ? name : place + "/" + name;
    }
}

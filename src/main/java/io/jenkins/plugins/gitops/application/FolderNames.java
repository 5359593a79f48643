package io.jenkins.plugins.gitops.application;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Names of items as one writes them in a folder: relative to it, or absolute with a leading slash.
 *
 * @param folder its full name; empty for the top
 */
record FolderNames(String folder) {
    /** The full name of what a name means here. */
    String absolute(String name) {
        Deque<String> path = new ArrayDeque<>();
        for (String segment : (name.startsWith("/") ? name : folder + "/" + name).split("/")) {
            switch (segment) {
                case "", "." -> {
                    // Stays where it is.
                }
                case ".." -> {
                    if (path.pollLast() == null) {
                        // Above the top there is nothing.
                        path.addLast(segment);
                    }
                }
                default -> path.addLast(segment);
            }
        }
        return String.join("/", path);
    }

    /** The shortest name here of what has that full name. */
    String relative(String fullName) {
        Deque<String> from = new ArrayDeque<>(segments(folder));
        Deque<String> to = new ArrayDeque<>(segments(fullName));
        Iterator<String> shared = new ArrayDeque<>(from).iterator();
        while (shared.hasNext() && to.size() > 1 && shared.next().equals(to.peekFirst())) {
            from.removeFirst();
            to.removeFirst();
        }
        return "../".repeat(from.size()) + String.join("/", to);
    }

    private static List<String> segments(String fullName) {
        return fullName.isEmpty() ? List.of() : List.of(fullName.split("/"));
    }

    /**
     * What a name that was written in {@code earlier} is here, after an item, or a folder with all in it, got another full name.
     */
    String followed(String name, FolderNames earlier, String before, String now) {
        String meant = earlier.absolute(name);
        boolean moved = meant.equals(before) || meant.startsWith(before + "/");
        String means = moved ? now + meant.substring(before.length()) : meant;
        if (means.equals(absolute(name))) {
            return name;
        }
        return name.startsWith("/") ? "/" + means : relative(means);
    }
}

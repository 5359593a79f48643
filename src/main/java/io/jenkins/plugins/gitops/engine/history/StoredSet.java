package io.jenkins.plugins.gitops.engine.history;

import java.util.List;

/**
 * What a set wanted, in the order in which it was rendered.
 *
 * @param entries one for each object
 */
record StoredSet(List<Entry> entries) {
    /**
     * One object of a set.
     *
     * @param object its {@link StoredObject#name()}, in this set's file or an earlier one's
     * @param file where it was written, as in {@link io.jenkins.plugins.gitops.engine.model.Origin}
     */
    record Entry(String object, String file, int document, int line) {}

    StoredSet {
        entries = List.copyOf(entries);
    }
}

package io.jenkins.plugins.gitops.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commit ids for people. */
final class Revisions {
    private static final int SHORT = 8;

    private Revisions() {}

    /** The first letters of a commit id, or of each of several sources'; {@code -dirty} stays, one without history is a dash. */
    static String shortened(String revisions) {
        return revisions.contains(",")
                ? Stream.of(revisions.split(",", -1))
                        .map(one -> one.isEmpty() ? "-" : shortenedOne(one))
                        .collect(Collectors.joining(","))
                : shortenedOne(revisions);
    }

    private static String shortenedOne(String revision) {
        int dash = revision.indexOf('-');
        String commit = dash < 0 ? revision : revision.substring(0, dash);
        return commit.substring(0, Math.min(SHORT, commit.length())) + (dash < 0 ? "" : revision.substring(dash));
    }

    /** The commit of a work tree's state, {@code -dirty} or not; of several sources all of them. */
    static String commit(String revisions) {
        return revisions.replaceAll("-dirty(?=,|$)", "");
    }

    /** As {@link #shortened}, or words for a source without history. */
    static String spoken(String revision) {
        return revision.isEmpty() ? "a folder without history" : shortened(revision);
    }
}

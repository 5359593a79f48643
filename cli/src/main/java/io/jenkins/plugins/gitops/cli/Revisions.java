package io.jenkins.plugins.gitops.cli;

/** Commit ids for people. */
final class Revisions {
    private static final int SHORT = 8;

    private Revisions() {}

    /** The first letters of a commit id; {@code -dirty} stays. */
    static String shortened(String revision) {
        int dash = revision.indexOf('-');
        String commit = dash < 0 ? revision : revision.substring(0, dash);
        return commit.substring(0, Math.min(SHORT, commit.length())) + (dash < 0 ? "" : revision.substring(dash));
    }

    /** The commit of a work tree's state, {@code -dirty} or not. */
    static String commit(String revision) {
        int dash = revision.indexOf('-');
        return dash < 0 ? revision : revision.substring(0, dash);
    }

    /** As {@link #shortened}, or words for a source without history. */
    static String spoken(String revision) {
        return revision.isEmpty() ? "a folder without history" : shortened(revision);
    }
}

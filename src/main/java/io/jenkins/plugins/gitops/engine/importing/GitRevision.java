package io.jenkins.plugins.gitops.engine.importing;

import java.util.Optional;

/** The {@code ref} of a GitRepository of Flux: what names the revision most exactly wins. */
final class GitRevision {
    /** The branch that Flux takes when nothing is said. */
    private static final String DEFAULT_BRANCH = "master";

    private GitRevision() {}

    static String read(Fields reference) {
        Optional<String> commit = reference.text("commit");
        Optional<String> name = reference.text("name");
        Optional<String> range = reference.text("semver");
        Optional<String> tag = reference.text("tag");
        String revision = commit.or(() -> name)
                .or(() -> range)
                .or(() -> tag)
                .or(() -> reference.text("branch"))
                .orElse(DEFAULT_BRANCH);
        if (range.isPresent() && commit.isEmpty() && name.isEmpty()) {
            reference.unmapped(
                    "semver",
                    "a range of versions is not resolved to the newest tag of a Git repository",
                    "write the tag itself, or a branch, as the revision; until then the repository is found to have no"
                            + " such revision");
        }
        String beaten = "has no effect beside what names the revision more exactly, in Flux either";
        if (commit.isPresent()) {
            reference.note("name", beaten, "");
        }
        if (commit.isPresent() || name.isPresent()) {
            reference.note("semver", beaten, "");
        }
        if (commit.isPresent() || name.isPresent() || range.isPresent()) {
            reference.note("tag", beaten, "");
        }
        if (!reference.text("branch").equals(Optional.of(revision))) {
            reference.note("branch", beaten, "");
        }
        reference.finish();
        return revision;
    }
}

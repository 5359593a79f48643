package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.scm.ChangeLogParser;
import hudson.scm.ChangeLogSet;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xml.sax.SAXException;

/**
 * What a sync checked out and where: what polling compares with and what the changes page shows. Persisted in the build.
 */
final class Checkout {
    private static final Logger LOGGER = Logger.getLogger(Checkout.class.getName());

    private final String scmKey;
    private final String workspace;
    private final ChangeLogParser parser;

    /** Relative to the build's folder; null when the SCM wrote none. */
    private final String changelog;

    private final SCMRevisionState baseline;

    Checkout(SCM scm, String workspace, @CheckForNull File changelogFile, @CheckForNull SCMRevisionState baseline) {
        this.scmKey = scm.getKey();
        this.workspace = workspace;
        this.parser = scm.createChangeLogParser();
        this.changelog = changelogFile == null ? null : changelogFile.getName();
        this.baseline = baseline;
    }

    /** Whether it is of the same place: after a change of the source there is nothing to compare with. */
    boolean isOf(SCM scm) {
        return scmKey.equals(scm.getKey());
    }

    String workspace() {
        return workspace;
    }

    @CheckForNull
    SCMRevisionState baseline() {
        return baseline;
    }

    /** The commits since the sync before; none when they cannot be read. */
    List<ChangeLogSet<? extends ChangeLogSet.Entry>> changeSets(GitOpsRun run) {
        File file = changelog == null ? null : new File(run.getRootDir(), changelog);
        if (file == null || !file.isFile()) {
            return List.of();
        }
        try {
            ChangeLogSet<? extends ChangeLogSet.Entry> set =
                    parser.parse(run, run.getParent().getScm().getEffectiveBrowser(), file);
            return set.isEmptySet() ? List.of() : List.of(set);
        } catch (IOException | SAXException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            return List.of();
        }
    }
}

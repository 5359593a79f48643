package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What came of an import (SEMANTICS 1).
 *
 * @param applications those that could be made, in the order of the input
 * @param findings all that did not go into them as it was, in the order of the input
 */
public record ImportReport(int schemaVersion, List<ImportedFile> applications, List<Finding> findings) {
    public static final int SCHEMA_VERSION = 1;

    /** How much a finding asks of its reader. */
    public enum Level {
        /** Something is lost, or must be done elsewhere before the application does the same as before. */
        unmapped,
        /** The application does the same; what is told here differs, or has its place elsewhere. */
        note
    }

    /**
     * One thing that is not in any application file as it was.
     *
     * @param application the name of the application that it concerns; null when there is none
     * @param object as {@code Kustomization flux-system/apps}
     * @param where {@code file:line}
     * @param path the field, such as {@code spec.source.plugin}; empty for the whole object
     * @param why it was not taken over
     * @param toDo what to do about it; empty when there is nothing to do
     */
    public record Finding(
            Level level, String application, String object, String where, String path, String why, String toDo) {}

    /**
     * One application.
     *
     * @param object what it was, as {@code Application argocd/guestbook}
     * @param where it was, {@code file:line}
     * @param file that was written; null when none was
     * @param document the application file
     * @param host what an application file does not say, because its host does
     */
    public record ImportedFile(
            String name, String object, String where, String file, ObjectNode document, HostSettings host) {}

    /**
     * How the application was run; here that is a matter of {@code gitops watch} or of the Jenkins item.
     *
     * @param automatic new commits are synced without being asked for
     * @param heal drift is undone
     * @param suspended nothing is to be done for now
     * @param interval between two looks at Git, as a Go duration; null when it was not said
     */
    public record HostSettings(boolean automatic, boolean heal, boolean suspended, String interval) {}

    public ImportReport {
        applications = List.copyOf(applications);
        findings = List.copyOf(findings);
    }
}

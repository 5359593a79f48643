package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.report.ImportReport.HostSettings;
import io.jenkins.plugins.gitops.engine.report.ImportReport.ImportedFile;

/**
 * One application that an import made.
 *
 * @param object what it was, as {@code Application argocd/guestbook}
 * @param where it was, {@code file:line}
 * @param document the application file
 * @param yaml the same as text, with what is missing in it as comments
 * @param application the same, as the engine reads it
 * @param host what an application file does not say
 */
public record ImportedApplication(
        String name,
        String object,
        String where,
        ObjectNode document,
        String yaml,
        Application application,
        HostSettings host) {

    ImportedFile reported(String file) {
        return new ImportedFile(name, object, where, file, document, host);
    }
}

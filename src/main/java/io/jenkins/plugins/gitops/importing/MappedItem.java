package io.jenkins.plugins.gitops.importing;

import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import java.util.List;

/**
 * One application as an item.
 *
 * @param origin what it was, as {@code Application argocd/guestbook}
 * @param source where its manifests come from, for people
 * @param definition of the item
 * @param findings what an application file holds of it, and the item does not
 */
record MappedItem(String origin, String source, ApplicationDefinition definition, List<Finding> findings) {
    MappedItem {
        findings = List.copyOf(findings);
    }
}

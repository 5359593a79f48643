package io.jenkins.plugins.gitops.application;

import hudson.model.Descriptor;
import hudson.scm.SCM;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Takes what the configuration form submits: all of it, or, with an error that names the field, nothing. */
final class ConfigurationForm {
    private ConfigurationForm() {}

    static void submit(GitOpsApplication application, StaplerRequest2 req, JSONObject json)
            throws IOException, Descriptor.FormException {
        ApplicationDefinition definition = definition(application, req, json);
        requireValid(application, definition);
        Relocation relocation = new Relocation(application);
        definition.applyTo(application);
        application.makeDisabled(!json.optBoolean("enable", true));
        application.rebuild(req, json);
        if ("prune".equals(json.optString("formerObjects")) && application.hasPermission(GitOpsPermissions.SYNC)) {
            relocation.prune();
        }
    }

    private static ApplicationDefinition definition(GitOpsApplication application, StaplerRequest2 req, JSONObject json)
            throws Descriptor.FormException {
        ApplicationDefinition definition = new ApplicationDefinition(application.getFullName());
        definition.setScm(Descriptor.bindJSON(req, SCM.class, json.getJSONObject("scm")));
        definition.setSource(req.bindJSON(SourceSettings.class, json.getJSONObject("source")));
        definition.setCluster(json.optString("clusterName"));
        definition.setNamespace(json.optString("namespace"));
        definition.setSync(req.bindJSON(SyncSettings.class, json.getJSONObject("sync")));
        // Absent when the last rule was deleted.
        definition.setIgnore(req.bindJSONToList(IgnoreSettings.class, json.opt("ignore")));
        definition.setDependsOn(req.bindJSON(DependencySettings.class, json.getJSONObject("dependsOn")));
        definition.setDriftRules(req.bindJSON(DriftSettings.class, json.getJSONObject("driftRules")));
        definition.setHealthRules(json.optString("healthRules"));
        definition.setDriftPolicy(DriftPolicy.valueOf(json.optString("driftPolicy", DriftPolicy.report.name())));
        definition.setCollapseChecks(json.optBoolean("collapseChecks", true));
        definition.setThrottleMinutes(number(json.optString("throttleMinutes"), "throttleMinutes"));
        definition.setLabelExpression(json.optString("labelExpression"));
        if (req.getParameter("hasCustomQuietPeriod") != null) {
            definition.setQuietPeriod(number(req.getParameter("quiet_period"), "quiet_period"));
        }
        return definition;
    }

    private static int number(String text, String field) throws Descriptor.FormException {
        try {
            return text == null || text.isBlank() ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new Descriptor.FormException(Messages.ConfigurationForm_NoNumber(text), e, field);
        }
    }

    /** An application without destination may be saved only where there is none to choose. */
    private static void requireValid(GitOpsApplication application, ApplicationDefinition definition)
            throws Descriptor.FormException {
        if (definition.getCluster().isEmpty() && !Clusters.usableBy(application).isEmpty()) {
            throw new Descriptor.FormException(Messages.Reconciliation_NoCluster(), "clusterName");
        }
        Problem problem = definition.problem().orElse(null);
        if (problem != null) {
            throw new Descriptor.FormException(problem.what(), problem.where());
        }
        DependencySettings dependsOn = definition.getDependsOn();
        String dependencies = dependsOn == null
                ? null
                : new DependencyRules(application).problemOfForm(dependsOn).orElse(null);
        if (dependencies != null) {
            throw new Descriptor.FormException(dependencies, "dependsOn");
        }
    }
}

package io.jenkins.plugins.gitops.application;

import hudson.model.Descriptor;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Takes what the configuration form submits. */
final class ConfigurationForm {
    private ConfigurationForm() {}

    static void submit(GitOpsApplication application, StaplerRequest2 req, JSONObject json)
            throws IOException, Descriptor.FormException {
        SCM scm = Descriptor.bindJSON(req, SCM.class, json.getJSONObject("scm"));
        application.setScm(scm == null ? new NullSCM() : scm);
        application.setSource(req.bindJSON(SourceSettings.class, json.getJSONObject("source")));
        application.setClusterName(json.optString("clusterName"));
        application.setNamespace(json.optString("namespace"));
        application.setSync(req.bindJSON(SyncSettings.class, json.getJSONObject("sync")));
        application.setDriftPolicy(DriftPolicy.valueOf(json.optString("driftPolicy", DriftPolicy.report.name())));
        application.setCollapseChecks(json.optBoolean("collapseChecks", true));
        application.setLabelExpression(json.optString("labelExpression"));
        application.makeDisabled(!json.optBoolean("enable", true));
        application.rebuild(req, json);
    }
}

package io.jenkins.plugins.gitops.step;

import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import java.util.Set;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The part of a step's form in the Snippet Generator that says which application is meant: an item, or manifests of the workspace. */
abstract class TargetDescriptor extends StepDescriptor {
    /** A workspace is asked for by the execution: an application needs none. */
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    @POST
    public FormValidation doCheckApplication(@AncestorInPath Item pipeline, @QueryParameter String value) {
        String name = Util.fixEmptyAndTrim(value);
        if (name == null || !mayConfigure(pipeline)) {
            return FormValidation.ok();
        }
        return NamedApplication.problem(name, pipeline)
                .map(FormValidation::error)
                .orElseGet(FormValidation::ok);
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteApplication(
            @AncestorInPath Item pipeline, @QueryParameter String value) {
        return AutoCompletionCandidates.ofJobNames(
                GitOpsApplication.class,
                Util.fixNull(value),
                pipeline,
                pipeline == null ? Jenkins.get() : pipeline.getParent());
    }

    @POST
    public ListBoxModel doFillClusterItems(@AncestorInPath Item pipeline, @QueryParameter String cluster) {
        ListBoxModel clusters = new ListBoxModel();
        clusters.add(Messages.GitOpsSyncStep_NoCluster(), "");
        if (!mayConfigure(pipeline)) {
            if (cluster != null && !cluster.isEmpty()) {
                clusters.add(cluster);
            }
            return clusters;
        }
        Clusters.usableBy(pipeline).stream().map(ClusterDefinition::getName).forEach(clusters::add);
        return clusters;
    }

    @POST
    public FormValidation doCheckPath(@QueryParameter String value) {
        String path = Util.fixNull(value).strip();
        boolean outside = path.startsWith("/") || Set.of(path.split("[/\\\\]")).contains("..");
        return outside ? FormValidation.error(Messages.GitOpsSyncStep_PathOutside()) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckUuid(@QueryParameter String value) {
        try {
            String uuid = Util.fixEmptyAndTrim(value);
            if (uuid != null) {
                UUID.fromString(uuid);
            }
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(Messages.GitOpsSyncStep_NoUuid(value));
        }
    }

    @POST
    public FormValidation doCheckTimeout(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.ok()
                : FormValidation.validateNonNegativeInteger(value);
    }

    private static boolean mayConfigure(Item pipeline) {
        return pipeline == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : pipeline.hasPermission(Item.CONFIGURE);
    }
}

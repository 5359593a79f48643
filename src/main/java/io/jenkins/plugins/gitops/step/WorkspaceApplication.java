package io.jenkins.plugins.gitops.step;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.gitops.application.ClusterName;
import io.jenkins.plugins.gitops.application.JobFile;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.cluster.OwnHealthRules;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;

/** The application that a pipeline declares by the step's arguments, without an item of its own. */
final class WorkspaceApplication {
    private final WorkspaceTarget target;
    private final SyncPolicy policy;
    private final Job<?, ?> pipeline;
    private final ClusterDefinition cluster;

    private WorkspaceApplication(
            WorkspaceTarget target, SyncPolicy policy, Job<?, ?> pipeline, ClusterDefinition cluster) {
        this.target = target;
        this.policy = policy;
        this.pipeline = pipeline;
        this.cluster = cluster;
    }

    /** @throws AbortException when there is no such cluster for the pipeline */
    static WorkspaceApplication of(WorkspaceTarget target, SyncPolicy policy, Job<?, ?> pipeline)
            throws AbortException {
        return new WorkspaceApplication(target, policy, pipeline, Clusters.find(target.cluster, pipeline));
    }

    /** A cluster's credentials go to no other nodes than those from which it is to be reached. */
    void requireNode(Node node) throws AbortException {
        requireNode(cluster, node);
    }

    static void requireNode(ClusterDefinition cluster, Node node) throws AbortException {
        String expression = cluster.getAgentLabel();
        if (expression.isEmpty()) {
            return;
        }
        Label label = Jenkins.get().getLabel(expression);
        if (node == null || label == null || !label.matches(node)) {
            throw new AbortException(Messages.WorkspaceApplication_WrongNode(
                    cluster.getName(), expression, node == null ? "?" : node.getDisplayName()));
        }
    }

    ReconcileRequest request(ReconcileMode mode, String revision) throws IOException {
        return new ReconcileRequest(
                mode,
                application(),
                cluster.access(pipeline),
                revision,
                Jenkins.get().getLegacyInstanceId(),
                observations().read().orElse(""));
    }

    /** What the pipeline's earlier builds saw; since when something is gone only they know. */
    JobFile observations() throws AbortException {
        return new JobFile(
                owner()::getRootDir, "gitops-observations-" + application().uuid() + ".json");
    }

    Application application() throws AbortException {
        Destination destination = new Destination(cluster.getName(), namespace());
        Application application = new Application(
                uuid(destination), name(), Source.of("", "", Util.fixNull(target.path)), destination, policy);
        return OwnHealthRules.in(application, "");
    }

    private String namespace() throws AbortException {
        String namespace = target.namespace != null ? target.namespace : cluster.getDefaultNamespace();
        if (namespace.isEmpty()) {
            throw new AbortException(Messages.WorkspaceApplication_NoNamespace(cluster.getName()));
        }
        return namespace;
    }

    private String name() {
        return ClusterName.of(target.name != null ? target.name : owner().getName());
    }

    /**
     * The identity that decides what is ours in the cluster: the pipeline, and what it calls the application and where it puts
     * it. All branches of a multibranch project are one pipeline here, or a new release branch could not go on where the last
     * one stopped.
     */
    private UUID uuid(Destination destination) throws AbortException {
        if (target.uuid != null) {
            try {
                return UUID.fromString(target.uuid);
            } catch (IllegalArgumentException e) {
                throw new AbortException(Messages.GitOpsSyncStep_NoUuid(target.uuid));
            }
        }
        String identity = String.join(
                "\n",
                Jenkins.get().getLegacyInstanceId(),
                owner().getFullName(),
                destination.cluster(),
                destination.namespace(),
                name());
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    }

    private Item owner() {
        ItemGroup<?> parent = pipeline.getParent();
        boolean branch = SCMHead.HeadByItem.findHead(pipeline) != null;
        return branch && parent instanceof Item project ? project : pipeline;
    }
}

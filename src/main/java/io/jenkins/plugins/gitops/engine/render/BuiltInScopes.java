package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scopes of Kubernetes's own kinds, for rendering without a cluster: the groups of Kubernetes 1.37 with their
 * cluster-scoped kinds. Every other kind of these groups is namespaced; of other groups nothing is known.
 *
 * <p>Source: the OpenAPI document of Kubernetes 1.37.2 (a kind with a path outside {@code /namespaces/{namespace}/}), and
 * PodSecurityPolicy of older clusters.
 */
public final class BuiltInScopes implements Scopes {
    /** What charts are told without a cluster; a helm that was not told may take itself to be years older. */
    public static final ClusterVersion VERSION = new ClusterVersion("v1.37.2", List.of());

    private static final Map<String, Set<String>> CLUSTER_SCOPED = Map.ofEntries(
            Map.entry("", Set.of("ComponentStatus", "Namespace", "Node", "PersistentVolume")),
            Map.entry(
                    "admissionregistration.k8s.io",
                    Set.of(
                            "MutatingAdmissionPolicy",
                            "MutatingAdmissionPolicyBinding",
                            "MutatingWebhookConfiguration",
                            "ValidatingAdmissionPolicy",
                            "ValidatingAdmissionPolicyBinding",
                            "ValidatingWebhookConfiguration")),
            Map.entry("apiextensions.k8s.io", Set.of("CustomResourceDefinition")),
            Map.entry("apiregistration.k8s.io", Set.of("APIService")),
            Map.entry("apps", Set.of()),
            Map.entry("authentication.k8s.io", Set.of("SelfSubjectReview", "TokenReview")),
            Map.entry(
                    "authorization.k8s.io",
                    Set.of("SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview")),
            Map.entry("autoscaling", Set.of()),
            Map.entry("batch", Set.of()),
            Map.entry("certificates.k8s.io", Set.of("CertificateSigningRequest", "ClusterTrustBundle")),
            Map.entry("coordination.k8s.io", Set.of()),
            Map.entry("discovery.k8s.io", Set.of()),
            Map.entry("events.k8s.io", Set.of()),
            Map.entry("flowcontrol.apiserver.k8s.io", Set.of("FlowSchema", "PriorityLevelConfiguration")),
            Map.entry("internal.apiserver.k8s.io", Set.of("StorageVersion")),
            Map.entry("lifecycle.k8s.io", Set.of()),
            Map.entry("networking.k8s.io", Set.of("IPAddress", "IngressClass", "ServiceCIDR")),
            Map.entry("node.k8s.io", Set.of("RuntimeClass")),
            Map.entry("policy", Set.of("PodSecurityPolicy")),
            Map.entry("rbac.authorization.k8s.io", Set.of("ClusterRole", "ClusterRoleBinding")),
            Map.entry(
                    "resource.k8s.io",
                    Set.of("DeviceClass", "DeviceTaintRule", "ResourcePoolStatusRequest", "ResourceSlice")),
            Map.entry("scheduling.k8s.io", Set.of("PriorityClass")),
            Map.entry(
                    "storage.k8s.io",
                    Set.of("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass")),
            Map.entry("storagemigration.k8s.io", Set.of("StorageVersionMigration")));

    @Override
    public Optional<Boolean> namespaced(GroupKind kind) {
        return Optional.ofNullable(CLUSTER_SCOPED.get(kind.group())).map(kinds -> !kinds.contains(kind.kind()));
    }
}

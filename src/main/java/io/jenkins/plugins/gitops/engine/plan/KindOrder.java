package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.List;

/** The order in which kinds are applied within a wave (SEMANTICS 5), Argo CD's. Kinds not named here come last. */
public final class KindOrder {
    private static final List<String> KINDS = List.of(
            "Namespace",
            "NetworkPolicy.networking.k8s.io",
            "ResourceQuota",
            "LimitRange",
            "PodSecurityPolicy.policy",
            "PodDisruptionBudget.policy",
            "ServiceAccount",
            "Secret",
            "ConfigMap",
            "StorageClass.storage.k8s.io",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "CustomResourceDefinition.apiextensions.k8s.io",
            "ClusterRole.rbac.authorization.k8s.io",
            "ClusterRoleBinding.rbac.authorization.k8s.io",
            "Role.rbac.authorization.k8s.io",
            "RoleBinding.rbac.authorization.k8s.io",
            "Service",
            "DaemonSet.apps",
            "Pod",
            "ReplicationController",
            "ReplicaSet.apps",
            "Deployment.apps",
            "HorizontalPodAutoscaler.autoscaling",
            "StatefulSet.apps",
            "Job.batch",
            "CronJob.batch",
            "IngressClass.networking.k8s.io",
            "Ingress.networking.k8s.io",
            "APIService.apiregistration.k8s.io");

    private KindOrder() {}

    public static int rank(GroupKind kind) {
        int rank = KINDS.indexOf(kind.toString());
        return rank < 0 ? KINDS.size() : rank;
    }
}

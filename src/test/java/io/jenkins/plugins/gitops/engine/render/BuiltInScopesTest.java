package io.jenkins.plugins.gitops.engine.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInScopesTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "Namespace, cluster",
        "Node, cluster",
        "PersistentVolume, cluster",
        "PersistentVolumeClaim, namespaced",
        "Secret, namespaced",
        "Deployment.apps, namespaced",
        "HorizontalPodAutoscaler.autoscaling, namespaced",
        "Job.batch, namespaced",
        "ClusterRole.rbac.authorization.k8s.io, cluster",
        "Role.rbac.authorization.k8s.io, namespaced",
        "IngressClass.networking.k8s.io, cluster",
        "Ingress.networking.k8s.io, namespaced",
        "StorageClass.storage.k8s.io, cluster",
        "CSIStorageCapacity.storage.k8s.io, namespaced",
        "ResourceClaim.resource.k8s.io, namespaced",
        "DeviceClass.resource.k8s.io, cluster",
        "PriorityClass.scheduling.k8s.io, cluster",
        "CustomResourceDefinition.apiextensions.k8s.io, cluster",
        "APIService.apiregistration.k8s.io, cluster",
        "Lease.coordination.k8s.io, namespaced",
        "Certificate.cert-manager.io, unknown",
        "Deployment.extensions, unknown",
    })
    void kubernetesOwnKindsAreKnown(String kind, String scope) {
        String found = new BuiltInScopes()
                .namespaced(GroupKind.parse(kind))
                .map(namespaced -> namespaced ? "namespaced" : "cluster")
                .orElse("unknown");

        assertThat(found).isEqualTo(scope);
    }
}

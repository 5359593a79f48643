package io.jenkins.plugins.gitops.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It is accepted where the client is, whatever the credentials are. */
@WithCluster
class SpareConnectionTest {
    private static final ApiResource LEASE = new ApiResource("coordination.k8s.io", "v1", "Lease", "leases", true);

    @Test
    void itHasTheClientCertificate(TestNamespace namespace) throws IOException {
        namespace.kubectlWithInput(lease(), "create", "-f", "-");

        assertThat(put(namespace, namespace.kubeconfig())).isEqualTo(200);
        assertThat(namespace.read("lease/spare", "{.spec.holderIdentity}")).isEqualTo("spare");
    }

    @Test
    void itHasTheToken(TestNamespace namespace, @TempDir Path users) throws IOException {
        namespace.kubectlWithInput(lease(), "create", "-f", "-");
        namespace.kubectl("create", "serviceaccount", "limited");
        namespace.kubectl("create", "role", "limited", "--verb=get,update", "--resource=leases.coordination.k8s.io");
        namespace.kubectl(
                "create",
                "rolebinding",
                "limited",
                "--role=limited",
                "--serviceaccount=" + namespace.name() + ":limited");

        Path user = namespace.kubeconfigWithToken(users.resolve("l"), namespace.kubectl("create", "token", "limited"));

        assertThat(put(namespace, user)).isEqualTo(200);
        assertThat(namespace.read("lease/spare", "{.spec.holderIdentity}")).isEqualTo("spare");
    }

    private static int put(TestNamespace namespace, Path kubeconfig) throws IOException {
        try (Cluster cluster = Cluster.connect(new ClusterConfig(kubeconfig, null, false, 20))) {
            ObjectNode lease =
                    cluster.objects().get(LEASE, namespace.name(), "spare").orElseThrow();
            lease.withObject("/spec").put("holderIdentity", "spare");
            return cluster.spare()
                    .put(
                            ObjectApi.pathToReplace(LEASE, lease, ObjectApi.Write.FOR_GOOD),
                            lease.toString(),
                            Duration.ofSeconds(10));
        }
    }

    private static String lease() {
        return """
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: spare}
                spec: {leaseDurationSeconds: 30}
                """;
    }
}

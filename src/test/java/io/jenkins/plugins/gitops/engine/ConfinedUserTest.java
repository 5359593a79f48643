package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync by somebody who may do little: what is forbidden beside the objects themselves is told as well. */
@WithCluster
class ConfinedUserTest {
    private TestNamespace namespace;
    private Path folder;
    private Path users;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) {
        this.namespace = namespace;
        this.folder = folder;
        this.users = users;
    }

    @Test
    void anInventoryThatMayNotBeWrittenFailsTheSyncBeforeItWrites() {
        namespace.kubectl("create", "role", "services", "--verb=*", "--resource=services");
        namespace.kubectl("create", "role", "look", "--verb=get,list,watch", "--resource=configmaps");
        namespace.kubectl(
                "create", "role", "lock", "--verb=get,create,update", "--resource=leases.coordination.k8s.io");
        Path kubeconfig = user("reader", "role", "services", "look", "lock");
        try (Scenario shop = new Scenario(namespace, folder, kubeconfig)) {
            shop.file("web.yaml", """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web}
                    spec: {ports: [{port: 80}]}
                    """);

            SyncReport report = shop.sync();

            assertThat(report.result()).isEqualTo(Result.Failed);
            assertThat(report.message()).contains("inventory").contains("cannot patch resource \"configmaps\"");
            assertThat(object(report, "Service", "web").action()).isEqualTo(Action.skipped);
            assertThat(namespace.exists("service/web")).isFalse();
        }
    }

    @Test
    void aClaimIsNotWaitedForByWhoMayNotReadStorageClasses() {
        Path kubeconfig = user("confined", "clusterrole", "admin");
        try (Scenario shop = new Scenario(namespace, folder, kubeconfig)) {
            shop.file("claim.yaml", """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: data}
                    spec:
                      storageClassName: wait-for-consumer
                      accessModes: [ReadWriteOnce]
                      resources: {requests: {storage: 1Gi}}
                    """);

            SyncReport report = shop.sync();

            assertThat(report.message()).isEmpty();
            assertThat(report.result()).isEqualTo(Result.Succeeded);
        }
    }

    private Path user(String name, String kind, String... roles) {
        namespace.kubectl("create", "serviceaccount", name);
        for (String role : roles) {
            namespace.kubectl(
                    "create",
                    "rolebinding",
                    name + "-" + role,
                    "--" + kind + "=" + role,
                    "--serviceaccount=" + namespace.name() + ":" + name);
        }
        return namespace.kubeconfigWithToken(users.resolve(name), namespace.kubectl("create", "token", name));
    }
}

package io.jenkins.plugins.gitops.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithCluster
class WithClusterTest {
    @Test
    void givesEveryParameterANamespaceOfItsOwn(TestNamespace one, TestNamespace other) {
        one.kubectl("create", "configmap", "settings", "--from-literal=colour=blue");

        assertThat(one.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
        assertThat(other.exists("configmap/settings")).isFalse();
    }

    @Test
    void somebodyWithAWrongTokenIsNotLetIn(TestNamespace namespace, @TempDir Path folder) {
        Path wrong = namespace.kubeconfigWithToken(folder.resolve("kubeconfig"), "nonsense");
        TestNamespace asNobody = new TestNamespace(namespace.name(), wrong, namespace.binary());

        assertThat(asNobody.tryKubectl("", "get", "configmaps").stderr()).contains("Unauthorized");
    }
}

package io.jenkins.plugins.gitops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.Substitution.Kind;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of variables from the destination, of a real API server. */
@WithCluster
class DestinationValuesTest {
    @TempDir
    Path folder;

    private TestNamespace namespace;
    private Scenario shop;

    @BeforeEach
    void open(TestNamespace namespace) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder);
        shop.file("a.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: result}
                data: {all: "${a} ${b} ${c} ${d} ${e:-none}"}
                """);
        namespace.kubectl(
                "create",
                "configmap",
                "site",
                "--from-literal=a=site",
                "--from-literal=b=site",
                "--from-literal=c=site",
                "--from-literal=d=si\nte",
                "--from-literal=a.b=no name");
        namespace.kubectl("create", "secret", "generic", "keys", "--from-literal=b=keys", "--from-literal=c=keys");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void laterObjectsWinOverEarlierOnesAndValuesOverBoth() {
        shop.substitute(new Substitution(
                true,
                Map.of("c", "values"),
                List.of(
                        from(Kind.ConfigMap, "site"),
                        from(Kind.Secret, "keys"),
                        new ValuesFrom(Kind.Secret, "e", true))));

        assertThat(rendered()).isEqualTo("site keys values site none");
        assertThat(rendered()).as("read anew each time").isEqualTo("site keys values site none");
        namespace.kubectl("patch", "configmap", "site", "--type=merge", "-p", "{\"data\":{\"a\":\"other\"}}");
        assertThat(rendered()).isEqualTo("other keys values site none");
    }

    @Test
    void anObjectThatIsMissingIsAnErrorUnlessItIsOptional() {
        shop.substitute(
                new Substitution(true, Map.of(), List.of(from(Kind.ConfigMap, "none"), from(Kind.Secret, "site"))));

        assertThatThrownBy(this::rendered)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ConfigMap none is not in the destination's namespace")
                .hasMessageContaining("Secret site is not in the destination's namespace");
    }

    @Test
    void whatAnApplicationMayNotHaveItMayNotReadEither() {
        shop.substitute(new Substitution(true, Map.of(), List.of(from(Kind.Secret, "keys"))));
        try (Cluster connected = Cluster.connect(new ClusterConfig(namespace.kubeconfig(), null, false, 20))) {
            Reconciler reconciler =
                    new Reconciler(connected, "test", new Permissions(List.of(), List.of("ConfigMap", "*.apps")));

            assertThatThrownBy(() -> reconciler.render(shop.application(), shop.tree()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("values of variables from Secret " + namespace.name() + "/keys");
        }
    }

    private static ValuesFrom from(Kind kind, String name) {
        return new ValuesFrom(kind, name, false);
    }

    private String rendered() {
        return shop.reconciler()
                .render(shop.application(), shop.tree())
                .manifests()
                .get(0)
                .content()
                .at("/data/all")
                .asText();
    }
}

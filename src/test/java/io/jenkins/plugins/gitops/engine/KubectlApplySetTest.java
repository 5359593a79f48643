package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory is an ApplySet to the real kubectl too (SEMANTICS 3, KEP-3659). */
@WithCluster
class KubectlApplySetTest {
    private static final String SETTINGS = configMap("settings");

    private Scenario shop;
    private TestNamespace namespace;
    private Path desired;
    private String parent;
    private String second;

    @BeforeEach
    void open(TestNamespace namespace, TestNamespace other, @TempDir Path folder, @TempDir Path files)
            throws IOException {
        this.namespace = namespace;
        second = other.name();
        desired = Files.writeString(files.resolve("desired.yaml"), SETTINGS);
        shop = new Scenario(namespace, folder);
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("settings.yaml", SETTINGS)
                .file("old.yaml", configMap("old"))
                .file("elsewhere.yaml", configMap("elsewhere").replace("name: ", "namespace: " + second + ", name: "))
                .file("service.yaml", """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web}
                        spec: {selector: {app: web}, ports: [{port: 80}]}
                        """)
                .file("role.yaml", """
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: ClusterRole
                        metadata: {name: %s-role}
                        """.formatted(namespace.name()));
        assertThat(shop.sync().message()).isEmpty();
        parent = namespace
                .kubectl("get", "configmap", "-l", "applyset.kubernetes.io/id", "-o", "name")
                .replace("configmap/", "");
    }

    @AfterEach
    void close() {
        namespace.kubectl("delete", "clusterrole", namespace.name() + "-role", "--ignore-not-found");
        shop.close();
    }

    @Test
    void kubectlRecognisesTheSetAndRefusesItOnlyBecauseItIsAnotherTools() {
        TestNamespace.Output output = prune();
        assertThat(output.exitCode()).isNotZero();
        assertThat(output.stderr())
                .contains("managed by tooling \"jenkins-gitops\" instead of \"kubectl\"")
                .doesNotContain("invalid");
        assertThat(namespace.exists("configmap/old")).isTrue();
    }

    @Test
    void kubectlPrunesWhatWeWouldOnceTheSetIsItsOwn() {
        Set<String> ours = extras();
        ownByKubectl();

        TestNamespace.Output output = prune("--dry-run=server");

        assertThat(output.exitCode()).as(output.stderr()).isZero();
        assertThat(pruned(output))
                .isEqualTo(ours)
                .containsExactlyInAnyOrder(
                        "configmap/old",
                        "configmap/elsewhere",
                        "service/web",
                        "clusterrole.rbac.authorization.k8s.io/" + namespace.name() + "-role");
    }

    /**
     * What our stricter rule of "ours" protects: an object that somebody else labelled, and one that a controller made.
     */
    @Test
    void kubectlAlsoPrunesForeignObjectsThatCarryTheLabelAndWeDoNot() {
        String id = namespace.read("configmap/settings", "{.metadata.labels.applyset\\.kubernetes\\.io/part-of}");
        for (String name : List.of("foreign", "controlled")) {
            namespace.kubectlWithInput(
                    labelled(name, id),
                    "apply",
                    "--server-side",
                    "--field-manager=" + (name.equals("controlled") ? "jenkins-gitops" : "somebody"),
                    "-f",
                    "-");
        }
        namespace.kubectl("patch", "configmap/controlled", "--type=merge", "-p", """
                {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"settings","uid":"%s","controller":true}]}}
                """.formatted(
                        namespace.read("configmap/settings", "{.metadata.uid}")));
        Set<String> ours = extras();
        ownByKubectl();

        Set<String> kubectls = pruned(prune("--dry-run=server"));

        assertThat(ours).doesNotContain("configmap/foreign", "configmap/controlled");
        Set<String> difference = new TreeSet<>(kubectls);
        difference.removeAll(ours);
        assertThat(difference).containsExactlyInAnyOrder("configmap/foreign", "configmap/controlled");
        assertThat(kubectls).containsAll(ours);
    }

    @Test
    void kubectlKeepsTheSetTrueForUs() {
        ownByKubectl();

        TestNamespace.Output output = prune();

        assertThat(output.exitCode()).as(output.stderr()).isZero();
        assertThat(namespace.exists("configmap/old")).isFalse();
        assertThat(namespace.exists("configmap/settings")).isTrue();
        annotate("applyset.kubernetes.io/tooling=jenkins-gitops/v1");
        shop.without("old.yaml").without("service.yaml").without("role.yaml").without("elsewhere.yaml");
        assertThat(shop.diff().objects()).extracting(ObjectDrift::verdict).containsOnly(Verdict.InSync);
        assertThat(shop.sync().message()).isEmpty();
        assertThat(object(shop.diff(), "ConfigMap", "settings").verdict()).isEqualTo(Verdict.InSync);
    }

    /** What we would prune if Git held only the settings. */
    private Set<String> extras() {
        shop.without("old.yaml").without("service.yaml").without("role.yaml").without("elsewhere.yaml");
        return shop.reconciler().plan(shop.application(), shop.tree()).tasks().stream()
                .filter(task -> task.action() == PlanReport.Action.prune)
                .map(task -> task.kind().toLowerCase(Locale.ROOT)
                        + (task.group().isEmpty() ? "" : "." + task.group()) + "/" + task.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private TestNamespace.Output prune(String... more) {
        return namespace.tryKubectl(
                "",
                Map.of("KUBECTL_APPLYSET", "true"),
                Stream.concat(
                                Stream.of(
                                        "apply",
                                        "--server-side",
                                        "--force-conflicts",
                                        "--prune",
                                        "--applyset=configmaps/" + parent,
                                        "-f",
                                        desired.toString()),
                                Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private static Set<String> pruned(TestNamespace.Output output) {
        return output.stdout()
                .lines()
                .filter(line -> line.contains(" pruned"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void ownByKubectl() {
        annotate("applyset.kubernetes.io/tooling=kubectl/v1.37");
    }

    private void annotate(String annotation) {
        namespace.kubectl("annotate", "configmap/" + parent, annotation, "--overwrite");
    }

    private static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {greeting: hello}
                """.formatted(name);
    }

    private static String labelled(String name, String id) {
        return configMap(name).replace("}\ndata", ", labels: {applyset.kubernetes.io/part-of: " + id + "}}\ndata");
    }
}

package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.field;
import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.FieldDrift.Change;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole line on a real API server: Git to the cluster and back, with a drift report. */
@WithCluster
class ReconcilerTest {
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels: {app.kubernetes.io/name: web, team: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: registry.example/web:1.0
                    env:
                    - {name: MODE, value: fast}
                    ports: [{containerPort: 8080}]
                    resources: {requests: {cpu: 100m, memory: 64Mi}}
            """;
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {greeting: hello}
            """;

    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aFirstSyncCreatesEverythingAndASecondChangesNothing() {
        shop.file("web.yaml", WEB).file("settings.yaml", SETTINGS);
        assertThat(shop.diff().objects()).extracting(ObjectDrift::verdict).containsOnly(Verdict.Missing);

        SyncReport first = shop.sync();

        assertThat(first.message()).isEmpty();
        assertThat(first.result()).isEqualTo(Result.Succeeded);
        assertThat(first.health()).isEqualTo(HealthStatus.Healthy);
        assertThat(first.objects()).extracting(ObjectSync::action).containsOnly(Action.created);
        assertThat(namespace.read("deployment/web", "{.status.readyReplicas}")).isEqualTo("2");
        DriftReport drift = shop.diff();
        assertThat(drift.verdict()).as(ReportJson.pretty(drift)).isEqualTo(ApplicationVerdict.InSync);
        assertThat(drift.objects()).extracting(ObjectDrift::ownership).containsOnly(Ownership.owned);
        String version = namespace.read("deployment/web", "{.metadata.resourceVersion}");
        SyncReport second = shop.sync();
        assertThat(second.result()).isEqualTo(Result.Succeeded);
        assertThat(second.objects()).extracting(ObjectSync::action).containsOnly(Action.unchanged);
        assertThat(namespace.read("deployment/web", "{.metadata.resourceVersion}"))
                .isEqualTo(version);
    }

    @Test
    void aChangedFieldNamesWhoChangedItAndWhen() {
        shop.file("web.yaml", WEB);
        shop.sync();
        Instant before = Instant.now().minusSeconds(2);

        namespace.kubectl(
                "set", "image", "deployment/web", "web=registry.example/web:hacked", "--field-manager=mallory");

        ObjectDrift web = object(shop.diff(), "Deployment", "web");
        assertThat(web.verdict()).isEqualTo(Verdict.Drifted);
        assertThat(web.fields()).hasSize(1);
        FieldDrift image = field(web, "spec.template.spec.containers[name=\"web\"].image");
        assertThat(image.pointer()).isEqualTo("/spec/template/spec/containers/0/image");
        assertThat(image.desired().asText()).isEqualTo("registry.example/web:1.0");
        assertThat(image.live().asText()).isEqualTo("registry.example/web:hacked");
        assertThat(image.manager()).isEqualTo("mallory");
        assertThat(image.operation()).isEqualTo("Update");
        assertThat(image.time()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(image.observedBetween()).isNull();
    }

    @Test
    void aScaledDeploymentNamesTheManagerAndTheSubresource() {
        shop.file("web.yaml", WEB);
        shop.sync();

        namespace.kubectl("scale", "deployment/web", "--replicas=5");

        FieldDrift replicas = field(object(shop.diff(), "Deployment", "web"), "spec.replicas");
        assertThat(replicas.live().asInt()).isEqualTo(5);
        assertThat(replicas.manager()).isEqualTo("kubectl");
        assertThat(replicas.subresource()).isEqualTo("scale");
    }

    @Test
    void aRemovedFieldHasNoManagerButTheTimesBetweenWhichItWent() {
        shop.file("web.yaml", WEB);
        shop.sync();
        shop.diff();
        Instant before = Instant.now();

        namespace.kubectl("label", "deployment/web", "team-");

        FieldDrift label = field(object(shop.diff(), "Deployment", "web"), "metadata.labels.team");
        assertThat(label.change()).isEqualTo(Change.missing);
        assertThat(label.live()).isNull();
        assertThat(label.manager()).isNull();
        assertThat(label.time()).isNull();
        assertThat(label.observedBetween().lastSeenWith()).isBefore(before);
        assertThat(label.observedBetween().firstSeenWithout()).isAfter(before);
        FieldDrift again = field(object(shop.diff(), "Deployment", "web"), "metadata.labels.team");
        assertThat(again.observedBetween()).isEqualTo(label.observedBetween());
    }

    @Test
    void aFieldThatGitAddedWasNeverSeenBefore() {
        shop.file("web.yaml", WEB);
        shop.sync();
        shop.diff();

        shop.file("web.yaml", WEB.replace("team: shop", "team: shop, tier: front"));

        FieldDrift label = field(object(shop.diff(), "Deployment", "web"), "metadata.labels.tier");
        assertThat(label.observedBetween().lastSeenWith()).isNull();
    }

    @Test
    void aDeletedObjectIsMissingSinceATimeBetweenTwoReports() {
        shop.file("settings.yaml", SETTINGS);
        shop.sync();
        Instant before = Instant.now();

        namespace.kubectl("delete", "configmap/settings");

        ObjectDrift settings = object(shop.diff(), "ConfigMap", "settings");
        assertThat(settings.verdict()).isEqualTo(Verdict.Missing);
        assertThat(settings.observedBetween().lastSeenWith()).isBefore(before);
        assertThat(settings.observedBetween().firstSeenWithout()).isAfter(before);
    }

    @Test
    void driftIsKnownSinceTheFirstReportThatFoundItUntilOneThatDoesNot() {
        shop.file("settings.yaml", SETTINGS);
        shop.sync();
        assertThat(object(shop.diff(), "ConfigMap", "settings").firstSeen()).isNull();

        namespace.kubectl("delete", "configmap/settings");
        DriftReport first = shop.diff();
        ObjectDrift again = object(shop.diff(), "ConfigMap", "settings");

        assertThat(again.firstSeen()).isEqualTo(first.time());
        assertThat(again.severity()).isEqualTo(Severity.critical);
        shop.sync();
        namespace.kubectl("delete", "configmap/settings");
        assertThat(object(shop.diff(), "ConfigMap", "settings").firstSeen()).isAfter(first.time());
    }

    @Test
    void aSyncHealsWhatDriftedAndSaysFromWhomItTookTheFields() {
        shop.file("web.yaml", WEB).file("settings.yaml", SETTINGS);
        shop.sync();
        namespace.kubectl(
                "set", "image", "deployment/web", "web=registry.example/web:hacked", "--field-manager=mallory");
        namespace.kubectl("delete", "configmap/settings");

        SyncReport healed = shop.sync();

        assertThat(healed.result()).isEqualTo(Result.Succeeded);
        assertThat(object(healed, "Deployment", "web").action()).isEqualTo(Action.configured);
        assertThat(object(healed, "Deployment", "web").message())
                .isEqualTo("took spec.template.spec.containers[name=\"web\"].image from mallory");
        assertThat(object(healed, "ConfigMap", "settings").action()).isEqualTo(Action.created);
        assertThat(namespace.read("deployment/web", "{.spec.template.spec.containers[0].image}"))
                .isEqualTo("registry.example/web:1.0");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void aFieldThatGitDroppedIsReportedAndRemoved() {
        shop.file("web.yaml", WEB);
        shop.sync();
        shop.file("web.yaml", WEB.replace(", team: shop", ""));

        FieldDrift label = field(object(shop.diff(), "Deployment", "web"), "metadata.labels.team");
        assertThat(label.change()).isEqualTo(Change.removedFromGit);
        assertThat(label.manager()).isEqualTo("jenkins-gitops");
        shop.sync();
        assertThat(namespace.read("deployment/web", "{.metadata.labels.team}")).isEmpty();
    }

    @Test
    void aFieldThatOthersOwnAndGitDoesNotDeclareIsNoDrift() {
        shop.file("web.yaml", WEB.replace("  replicas: 2\n", ""));
        shop.sync();

        namespace.kubectl("scale", "deployment/web", "--replicas=3");
        namespace.kubectl("annotate", "deployment/web", "note=mine");

        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        shop.sync();
        assertThat(namespace.read("deployment/web", "{.spec.replicas}")).isEqualTo("3");
    }

    @Test
    void anObjectThatLeftGitIsExtraAndPrunedOnlyWithPrune() {
        shop.file("web.yaml", WEB).file("settings.yaml", SETTINGS);
        shop.sync();
        shop.without("settings.yaml").policy(policy -> policy.withPrune(false));

        assertThat(object(shop.diff(), "ConfigMap", "settings").verdict()).isEqualTo(Verdict.Extra);
        SyncReport kept = shop.sync();
        assertThat(object(kept, "ConfigMap", "settings").action()).isEqualTo(Action.skipped);
        assertThat(object(kept, "ConfigMap", "settings").message()).contains("prune is off");
        assertThat(namespace.exists("configmap/settings")).isTrue();

        shop.policy(policy -> policy.withPrune(true));
        SyncReport pruned = shop.sync();
        assertThat(pruned.result()).isEqualTo(Result.Succeeded);
        assertThat(object(pruned, "ConfigMap", "settings").action()).isEqualTo(Action.pruned);
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(inventory()).contains("Deployment.apps").doesNotContain("ConfigMap");
    }

    @Test
    void objectsThatControllersMadeAreNeitherExtraNorPruned() {
        shop.file("web.yaml", WEB).file("service.yaml", """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web}
                        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
                        """).file("endpoints.yaml", """
                        apiVersion: v1
                        kind: Endpoints
                        metadata: {name: other}
                        subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 80}]}]
                        """);
        shop.sync();
        namespace.await(
                "the controller copies the Service's labels",
                java.time.Duration.ofSeconds(20),
                () -> namespace
                        .kubectl("get", "endpoints", "web", "-o", "jsonpath={.metadata.labels}")
                        .contains("applyset.kubernetes.io/part-of"));

        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        shop.sync();
        assertThat(namespace.exists("endpoints/web")).isTrue();
    }

    @Test
    void aNamespaceAndACustomResourceOfTheSameSetAreCreatedFirst() {
        String other = namespace.name() + "-x";
        shop.file("a-instance.yaml", """
                        apiVersion: %s.example.com/v1
                        kind: Widget
                        metadata: {name: one, namespace: %s}
                        spec: {size: 3}
                        """.formatted(namespace.name(), other))
                .file("crd.yaml", crd(namespace.name()))
                .file("namespace.yaml", """
                        apiVersion: v1
                        kind: Namespace
                        metadata: {name: %s}
                        """.formatted(other))
                .policy(policy -> SyncPolicy.DEFAULT.toBuilder()
                        .prune(true)
                        .pruneNamespaces(true)
                        .pruneCustomResourceDefinitions(true)
                        .timeout(policy.timeout())
                        .build());

        SyncReport report = shop.sync();

        assertThat(report.message()).isEmpty();
        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(report.objects()).extracting(ObjectSync::action).containsOnly(Action.created);
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        shop.without("a-instance.yaml")
                .without("crd.yaml")
                .without("namespace.yaml")
                .file("settings.yaml", SETTINGS);
        SyncReport pruned = shop.sync();
        assertThat(pruned.message()).isEmpty();
        assertThat(pruned.result()).isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("namespace/" + other)).isFalse();
        assertThat(namespace.exists("crd/widgets." + namespace.name() + ".example.com"))
                .isFalse();
    }

    @Test
    void aRejectedObjectMeansThatNothingIsWritten() {
        shop.file("settings.yaml", SETTINGS)
                .file(
                        "web.yaml",
                        WEB.replace("name: web\n        image", "name: web\n        image")
                                .replace("image: registry.example/web:1.0", "image: ''"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(object(report, "Deployment", "web").action()).isEqualTo(Action.failed);
        assertThat(report.message()).contains("web.yaml:1").contains("image");
        assertThat(object(report, "ConfigMap", "settings").action()).isEqualTo(Action.skipped);
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(namespace.kubectl("get", "configmap", "-l", "applyset.kubernetes.io/id", "-o", "name"))
                .isEmpty();
    }

    @Test
    void aDryRunWritesNothingAndTellsWhatItWould() {
        shop.file("settings.yaml", SETTINGS);

        SyncReport report = shop.sync(new SyncOptions(true), SyncListener.SILENT);

        assertThat(object(report, "ConfigMap", "settings").action()).isEqualTo(Action.created);
        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void anEmptySetIsRefused() {
        shop.file("settings.yaml", SETTINGS);
        shop.sync();
        shop.without("settings.yaml");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Refused);
        assertThat(report.message()).contains("prune everything").contains("allowEmpty");
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void secretDataIsNowhereInAReport() {
        String value = "c3dvcmRmaXNo"; // swordfish
        shop.file("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                data: {password: %s}
                """.formatted(value));
        shop.sync();
        namespace.kubectl(
                "patch", "secret/login", "--type=merge", "-p", "{\"stringData\":{\"password\":\"other-secret\"}}");

        DriftReport report = shop.diff();

        FieldDrift password = field(object(report, "Secret", "login"), "data.password");
        assertThat(password.masked()).isTrue();
        assertThat(password.change()).isEqualTo(Change.changed);
        assertThat(ReportJson.pretty(report))
                .doesNotContain(value)
                .doesNotContain("swordfish")
                .doesNotContain("other-secret")
                .doesNotContain("b3RoZXItc2VjcmV0");
    }

    private String inventory() {
        return namespace.kubectl(
                "get",
                "configmap",
                "-l",
                "applyset.kubernetes.io/id",
                "-o",
                "jsonpath={.items[0].metadata.annotations.applyset\\.kubernetes\\.io/contains-group-kinds}");
    }

    private static String crd(String prefix) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%1$s.example.com}
                spec:
                  group: %1$s.example.com
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets, singular: widget}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec: {type: object, properties: {size: {type: integer}}}
                """.formatted(prefix);
    }
}

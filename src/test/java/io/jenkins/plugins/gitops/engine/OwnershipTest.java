package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.field;
import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift.Change;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a field is, and what follows (SEMANTICS 3, 4 and 12). */
@WithCluster
class OwnershipTest {
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              labels: {team: shop}
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
    void anItemWhoseKeySomebodyChangedIsDriftThatNamesTheItemThatIsInTheWay() {
        shop.file("web.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  selector: {app: web}
                  ports: [{name: http, port: 80}]
                """);
        shop.sync();
        namespace.kubectl(
                "patch",
                "service",
                "web",
                "--type=json",
                "--field-manager=kubectl-edit",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/port\",\"value\":81}]");

        ObjectDrift web = object(shop.diff(), "Service", "web");

        assertThat(web.verdict()).isEqualTo(Verdict.Drifted);
        assertThat(web.message()).contains("would be there twice").doesNotContain("cannot be changed");
        assertThat(web.fields()).isNotEmpty();
    }

    @Test
    void aFieldThatKubectlAppliedFromTheClientsSideAndThatIsGoneFromGitDisappears() {
        namespace.kubectlWithInput(
                SETTINGS.replace("greeting: hello", "greeting: hello, old: value"), "apply", "-f", "-");
        shop.file("settings.yaml", SETTINGS);

        ObjectDrift before = object(shop.diff(), "ConfigMap", "settings");
        assertThat(before.verdict()).isEqualTo(Verdict.Drifted);
        assertThat(field(before, "data.old").change()).isEqualTo(Change.removedFromGit);
        assertThat(field(before, "data.old").manager()).isEqualTo("kubectl-client-side-apply");
        assertThat(namespace.kubectl("get", "configmap/settings", "-o", "yaml", "--show-managed-fields"))
                .as("a drift check writes nothing")
                .contains("kubectl-client-side-apply");

        shop.sync();

        assertThat(namespace.read("configmap/settings", "{.data}")).isEqualTo("{\"greeting\":\"hello\"}");
        assertThat(namespace.kubectl("get", "configmap/settings", "-o", "yaml", "--show-managed-fields"))
                .doesNotContain("kubectl-client-side-apply")
                .doesNotContain("last-applied-configuration");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void anObjectThatWasAppliedFromTheClientsSideIsNeverInSyncBeforeItIsOurs() {
        namespace.kubectlWithInput(SETTINGS, "apply", "-f", "-");
        shop.file("settings.yaml", SETTINGS);
        assertThat(object(shop.diff(), "ConfigMap", "settings").verdict()).isEqualTo(Verdict.Drifted);
    }

    @Test
    void aDroppedFieldThatAnotherManagerOwnsIsSaidToBeKeptByIt() {
        shop.file("settings.yaml", SETTINGS);
        shop.sync();
        namespace.kubectlWithInput(SETTINGS, "apply", "--server-side", "--field-manager=other-team", "-f", "-");
        shop.file("settings.yaml", SETTINGS.replace("  labels: {team: shop}\n", ""));

        ObjectDrift kept = object(shop.diff(), "ConfigMap", "settings");

        assertThat(kept.verdict()).isEqualTo(Verdict.InSync);
        assertThat(kept.ownership()).isEqualTo(Ownership.repair);
        assertThat(kept.message()).isEqualTo("metadata.labels.team is no longer in Git and kept by other-team");
        assertThat(object(shop.sync(), "ConfigMap", "settings").action()).isEqualTo(Action.configured);
        assertThat(object(shop.diff(), "ConfigMap", "settings").ownership()).isEqualTo(Ownership.owned);
        assertThat(namespace.read("configmap/settings", "{.metadata.labels.team}"))
                .isEqualTo("shop");
    }

    @Test
    void equalContentThatWeDoNotWhollyOwnIsInSyncAndRepaired() {
        shop.file("settings.yaml", SETTINGS);
        shop.sync();
        // An update that sets the same value again under another manager leaves it with both; a replace drops ours.
        namespace.kubectlWithInput(
                namespace.kubectl("get", "configmap/settings", "-o", "json").replace("\"hello\"", "\"bye\""),
                "replace",
                "--field-manager=editor",
                "-f",
                "-");
        namespace.kubectlWithInput(
                namespace.kubectl("get", "configmap/settings", "-o", "json").replace("\"bye\"", "\"hello\""),
                "replace",
                "--field-manager=editor",
                "-f",
                "-");

        ObjectDrift settings = object(shop.diff(), "ConfigMap", "settings");

        assertThat(settings.verdict()).isEqualTo(Verdict.InSync);
        assertThat(settings.ownership()).isEqualTo(Ownership.repair);
        shop.sync();
        assertThat(object(shop.diff(), "ConfigMap", "settings").ownership()).isEqualTo(Ownership.owned);
    }

    @Test
    void theCopyOfASecretThatKubectlKeepsIsMaskedToo() {
        String secret = """
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                stringData: {password: swordfish, old: halibut99}
                """;
        namespace.kubectlWithInput(secret, "apply", "-f", "-");
        shop.file("secret.yaml", secret.replace("swordfish, old: halibut99", "mackerel77"));

        DriftReport report = shop.diff();

        assertThat(object(report, "Secret", "login").fields()).isNotEmpty();
        assertThat(ReportJson.pretty(report) + report)
                .doesNotContain("swordfish", "halibut99", "mackerel77")
                .doesNotContain("c3dvcmRmaXNo", "aGFsaWJ1dDk5", "bWFja2VyZWw3Nw");
    }

    @Test
    void aLabelOfOursOnAForeignObjectDoesNotMakeItPrunable() {
        shop.file("settings.yaml", SETTINGS);
        shop.sync();
        String id = namespace.read("configmap/settings", "{.metadata.labels.applyset\\.kubernetes\\.io/part-of}");
        namespace.kubectl("create", "configmap", "foreign");
        namespace.kubectl("label", "configmap", "foreign", "applyset.kubernetes.io/part-of=" + id);

        assertThat(shop.diff().objects()).extracting(ObjectDrift::name).containsExactly("settings");
        shop.sync();
        assertThat(namespace.exists("configmap/foreign")).isTrue();
    }

    @Test
    void aPrunedObjectThatAFinalizerHoldsIsNotForgotten() {
        shop.file("settings.yaml", SETTINGS).file("web.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                """);
        shop.sync();
        namespace.kubectl(
                "patch", "service/web", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[\"example.com/held\"]}}");
        shop.without("web.yaml").policy(policy -> policy.withTimeout(Duration.ofSeconds(1)));

        assertThat(shop.sync().message()).contains("Service " + namespace.name() + "/web is still being deleted");
        assertThat(object(shop.diff(), "Service", "web").verdict()).isEqualTo(Verdict.Extra);
        assertThat(shop.sync().result()).isEqualTo(Result.Failed);

        namespace.kubectl("patch", "service/web", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(shop.diff().objects()).extracting(ObjectDrift::name).containsExactly("settings");
    }

    @Test
    void objectsOfOneKindInTwoVersionsAreEachComparedInTheirOwn() {
        String scaler = """
                apiVersion: autoscaling/%s
                kind: HorizontalPodAutoscaler
                metadata: {name: in-%s}
                spec:
                  maxReplicas: 3
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                """;
        shop.file("a.yaml", scaler.formatted("v1", "v1"))
                .file("b.yaml", scaler.formatted("v2", "v2"))
                .policy(policy -> policy.withAwaitHealth(false));
        shop.sync();

        DriftReport report = shop.diff();

        assertThat(report.verdict()).as(ReportJson.pretty(report)).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void anObjectOfOursThatAControllerHasComeToOwnIsExtraAndPrunedOnlyWithConfirm() {
        shop.file("settings.yaml", SETTINGS).file("owned.yaml", SETTINGS.replace("name: settings", "name: owned"));
        shop.sync();
        String uid = namespace.read("configmap/settings", "{.metadata.uid}");
        namespace.kubectl("patch", "configmap/owned", "--type=merge", "-p", """
                {"metadata":{"ownerReferences":[
                  {"apiVersion":"v1","kind":"ConfigMap","name":"settings","uid":"%s","controller":true}]}}
                """.formatted(uid));
        shop.without("owned.yaml");

        ObjectDrift owned = object(shop.diff(), "ConfigMap", "owned");

        assertThat(owned.verdict()).isEqualTo(Verdict.Extra);
        assertThat(owned.message()).isEqualTo("no longer in Git; owned by ConfigMap settings");
        assertThat(object(shop.sync(), "ConfigMap", "owned").message())
                .contains("waits for approval to be pruned, because it is owned by ConfigMap settings");
        assertThat(namespace.exists("configmap/owned")).isTrue();
    }

    @Test
    void anExtraObjectThatIgnoresExtraneousIsNoDrift() {
        shop.file("settings.yaml", SETTINGS)
                .file(
                        "extra.yaml",
                        SETTINGS.replace(
                                "name: settings",
                                "name: extra\n  annotations: {argocd.argoproj.io/compare-options: IgnoreExtraneous}"));
        shop.sync();
        shop.without("extra.yaml");

        DriftReport report = shop.diff();

        assertThat(report.verdict()).isEqualTo(ApplicationVerdict.InSync);
        assertThat(object(report, "ConfigMap", "extra").message()).contains("no longer in Git", "IgnoreExtraneous");
        shop.file("settings.yaml", SETTINGS.replace("hello", "bye"));
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.OutOfSync);
    }
}

package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.HookPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncPurpose;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks on a real API server, SEMANTICS 6: Jobs that its controllers run. */
@WithCluster
class HookScenarioTest {
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
    void hooksRunInTheirPhasesAndBelongToNoInventory() {
        shop.file("settings.yaml", SETTINGS)
                .file("migrate.yaml", job("migrate", "PreSync", ""))
                .file("warm.yaml", job("warm-up", "Sync", ""))
                .file("tell.yaml", job("tell", "PostSync", ""));

        SyncReport report = shop.sync();

        assertThat(report.message()).isEmpty();
        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(report.objects().stream().map(HookScenarioTest::line))
                .containsExactly(
                        "PreSync created Job migrate hook",
                        "Sync created ConfigMap settings",
                        "Sync created Job warm-up hook",
                        "PostSync created Job tell hook");
        assertThat(object(report, "Job", "migrate").health()).isEqualTo(HealthStatus.Healthy);
        assertThat(namespace.read("job/migrate", "{.status.succeeded}")).isEqualTo("1");
        String labels = namespace.read("job/migrate", "{.metadata.labels}");
        assertThat(labels).contains("gitops.jenkins.io/hook-of").doesNotContain("part-of");
        assertThat(shop.diff().objects())
                .singleElement()
                .satisfies(settings -> assertThat(settings.kind()).isEqualTo("ConfigMap"));
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void hooksRunAtEverySyncAndTakeThePlaceOfTheirLastRun() {
        shop.file("settings.yaml", SETTINGS).file("migrate.yaml", job("migrate", "PreSync", ""));
        shop.sync();
        String first = namespace.read("job/migrate", "{.metadata.uid}");

        SyncReport second = shop.sync();

        assertThat(second.result()).isEqualTo(Result.Succeeded);
        assertThat(object(second, "Job", "migrate").action()).isEqualTo(Action.replaced);
        assertThat(object(second, "ConfigMap", "settings").action()).isEqualTo(Action.unchanged);
        assertThat(namespace.read("job/migrate", "{.metadata.uid}")).isNotEqualTo(first);
    }

    @Test
    void aFailedHookFailsTheSyncAndRunsTheSyncFailHooks() {
        shop.file("settings.yaml", SETTINGS)
                .file("migrate.yaml", failing("migrate", "PreSync", ""))
                .file("alarm.yaml", job("alarm", "SyncFail", ""))
                .file("tell.yaml", job("tell", "PostSync", ""));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("Job.batch " + namespace.name() + "/migrate", "PreSync hook failed");
        assertThat(report.objects().stream().map(HookScenarioTest::line))
                .containsExactly(
                        "PreSync failed Job migrate hook",
                        "SyncFail created Job alarm hook",
                        "Sync skipped ConfigMap settings",
                        "PostSync skipped Job tell hook");
        assertThat(object(report, "Job", "migrate").health()).isEqualTo(HealthStatus.Degraded);
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(namespace.exists("job/tell")).isFalse();
    }

    @Test
    void aFailedHookOfALastRunIsReplacedByTheNext() {
        shop.file("settings.yaml", SETTINGS).file("migrate.yaml", failing("migrate", "PreSync", ""));
        assertThat(shop.sync().result()).isEqualTo(Result.Failed);
        shop.file("migrate.yaml", job("migrate", "PreSync", ""));

        SyncReport mended = shop.sync();

        assertThat(mended.result()).as(mended.message()).isEqualTo(Result.Succeeded);
        assertThat(object(mended, "Job", "migrate").action()).isEqualTo(Action.replaced);
    }

    @Test
    void deletePoliciesSayWhichHooksStay() {
        shop.file("settings.yaml", SETTINGS)
                .file("gone.yaml", job("gone", "PreSync", "hook-delete-policy: HookSucceeded"))
                .file("stays.yaml", job("stays", "PreSync", "hook-delete-policy: HookFailed"));

        SyncReport report = shop.sync();

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(object(report, "Job", "gone").message()).contains("deleted (HookSucceeded)");
        awaitGone("job/gone");
        assertThat(namespace.exists("job/stays")).isTrue();

        shop.file("broken.yaml", failing("broken", "PostSync", ""));
        assertThat(shop.sync().result()).isEqualTo(Result.Failed);
        awaitGone("job/stays");
        assertThat(namespace.exists("job/gone")).as("of a failed sync").isTrue();
    }

    @Test
    void aHookWithGenerateNameGetsOneOfRevisionPhaseAndTimeAndLeavesOnlyItsLastRun() throws Exception {
        shop.file("settings.yaml", SETTINGS)
                .file("migrate.yaml", job("x", "PreSync", "").replace("name: x", "generateName: migrate-"));

        SyncReport first = shop.sync();

        ObjectSync run = first.objects().getFirst();
        assertThat(run.name()).matches("migrate-presync-\\d{10}");
        assertThat(namespace.exists("job/" + run.name())).isTrue();
        Thread.sleep(1100);
        SyncReport second = shop.sync();
        assertThat(second.result()).as(second.message()).isEqualTo(Result.Succeeded);
        assertThat(namespace.kubectl("get", "jobs", "-o", "name").lines())
                .containsExactly("job.batch/" + second.objects().getFirst().name());
    }

    @Test
    void helmsInstallHooksRunUntilTheFirstSyncSucceedsAndItsUpgradeHooksAfter() {
        shop.file("settings.yaml", SETTINGS)
                .file("install.yaml", helm("install", "pre-install"))
                .file("upgrade.yaml", helm("upgrade", "post-upgrade"))
                .file("both.yaml", helm("both", "pre-install,pre-upgrade"))
                .file("test.yaml", helm("test", "test"));

        assertThat(hooks(shop.sync())).containsExactlyInAnyOrder("both", "install");
        String recorded = namespace.kubectl(
                "get",
                "configmap",
                "-o",
                "jsonpath={.items[*].metadata.annotations.gitops\\.jenkins\\.io/first-synced}");
        assertThat(recorded).matches("\\d{4}-.*Z");
        assertThat(hooks(shop.sync())).containsExactlyInAnyOrder("both", "upgrade");
        assertThat(namespace.exists("job/test")).isFalse();
    }

    @Test
    void aHookThatDoesNotEndInTimeFails() {
        shop.file("settings.yaml", SETTINGS).file("slow.yaml", behaving("slow", "PreSync", "hook-timeout: 1s", "run"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(object(report, "Job", "slow").message()).contains("did not end within 1 s");
    }

    @Test
    void hooksGoByWaveAndHelmsWeightIsOne() {
        shop.file("settings.yaml", SETTINGS)
                .file("b.yaml", job("first", "PreSync", "sync-wave: \"-5\""))
                .file(
                        "a.yaml",
                        job("last", "PreSync", "")
                                .replace("annotations: {", "annotations: {helm.sh/hook-weight: \"7\", "));
        SyncReport report = shop.sync();
        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(hooks(report)).containsExactly("first", "last");
        assertThat(report.objects()).extracting(ObjectSync::wave).startsWith(-5, 7);
    }

    @Test
    void aHookThatTheClusterRejectsEndsTheSyncBeforeAnythingIsWritten() {
        shop.file("settings.yaml", SETTINGS)
                .file(
                        "bad.yaml",
                        job("bad", "PostSync", "").replace("restartPolicy: Never", "restartPolicy: Sometimes"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("does not take 1 of 1 hooks", "nothing was written", "bad.yaml:1");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void anObjectOfAnothersMakingIsNotReplacedByAHook() {
        namespace.kubectl("create", "configmap", "migrate");
        shop.file("settings.yaml", SETTINGS)
                .file(
                        "migrate.yaml",
                        SETTINGS.replace(
                                "{name: settings}",
                                "{name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("was not made by this application");
        assertThat(namespace.read("configmap/migrate", "{.data}")).isEmpty();
    }

    @Test
    void anObjectThatBecomesAHookIsNeitherDriftNorPruned() {
        shop.file("settings.yaml", SETTINGS).file("migrate.yaml", SETTINGS.replace("settings", "migrate"));
        shop.sync();
        shop.file(
                "migrate.yaml",
                SETTINGS.replace(
                        "{name: settings}", "{name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}"));

        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        SyncReport report = shop.sync();

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(object(report, "ConfigMap", "migrate").action()).isEqualTo(Action.replaced);
        assertThat(namespace.read("configmap/migrate", "{.metadata.labels}")).doesNotContain("part-of");
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("configmap/migrate")).isTrue();
    }

    @Test
    void whatSkipsEverySyncIsNeitherAppliedNorDriftNorPruned() {
        shop.file("settings.yaml", SETTINGS).file("other.yaml", SETTINGS.replace("settings", "other"));
        shop.sync();
        String skip = "{name: other, annotations: {argocd.argoproj.io/hook: Skip}}";
        shop.file("other.yaml", SETTINGS.replace("{name: settings}", skip).replace("hello", "bye"));

        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        SyncReport report = shop.sync();
        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(namespace.read("configmap/other", "{.data.greeting}")).isEqualTo("hello");
    }

    @Test
    void aSelfHealRunsNoHooksUnlessThePolicySaysSo() {
        shop.file("settings.yaml", SETTINGS).file("migrate.yaml", job("migrate", "PreSync", ""));
        SyncOptions heal = new SyncOptions(false, SyncPurpose.selfHeal);
        assertThat(hooks(shop.sync(heal, SyncListener.SILENT))).isEmpty();
        shop.policy(policy -> policy.withHooks(new HookPolicy(true, true)));
        assertThat(hooks(shop.sync(heal, SyncListener.SILENT))).containsExactly("migrate");
    }

    @Test
    void aDryRunSaysWhatHooksWouldRunAndRunsNone() {
        shop.file("settings.yaml", SETTINGS)
                .file("migrate.yaml", job("migrate", "PreSync", ""))
                .file("alarm.yaml", job("alarm", "SyncFail", ""));

        SyncReport report = shop.sync(new SyncOptions(true), SyncListener.SILENT);

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        assertThat(object(report, "Job", "migrate").action()).isEqualTo(Action.created);
        assertThat(object(report, "Job", "alarm").action()).isEqualTo(Action.skipped);
        assertThat(namespace.exists("job/migrate")).isFalse();
    }

    @Test
    void postSyncHooksWaitForTheHealthOfObjectsThatWereInSync() {
        String web = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata:
                      labels: {app: web}
                      annotations: {testcluster.gitops.jenkins.io/behaviour: stuck}
                    spec: {terminationGracePeriodSeconds: 0, containers: [{name: web, image: "registry.example/web:1"}]}
                """;
        shop.file("web.yaml", web).policy(policy -> policy.withAwaitHealth(false));
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        shop.file("tell.yaml", job("tell", "PostSync", "")).policy(policy -> policy.withTimeout(Duration.ofSeconds(1)));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("not healthy before the PostSync hooks");
        assertThat(namespace.exists("job/tell")).isFalse();
    }

    @Test
    void aNamespaceMovesInFrontOfTheHookThatNeedsIt() {
        String other = namespace.name() + "-x";
        shop.file("ns.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: " + other + "}}")
                .file(
                        "hook.yaml",
                        job("migrate", "PreSync", "").replace("name: migrate", "name: migrate, namespace: " + other));
        try {
            SyncReport report = shop.sync();
            assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
            assertThat(report.objects().stream().map(HookScenarioTest::line))
                    .containsExactly("PreSync created Namespace " + other, "PreSync created Job migrate hook");
        } finally {
            namespace.kubectl("delete", "namespace", other, "--wait=false", "--ignore-not-found");
        }
    }

    private void awaitGone(String object) {
        namespace.await(object + " is gone", Duration.ofSeconds(20), () -> !namespace.exists(object));
    }

    private static List<String> hooks(SyncReport report) {
        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        return report.objects().stream()
                .filter(ObjectSync::hook)
                .map(ObjectSync::name)
                .toList();
    }

    private static String line(ObjectSync object) {
        return object.phase() + " " + object.action() + " " + object.kind() + " " + object.name()
                + (object.hook() ? " hook" : "");
    }

    private static String helm(String name, String words) {
        return job(name, "", "").replace("gitops.jenkins.io/hook: \"\"", "helm.sh/hook: \"" + words + "\"");
    }

    private static String failing(String name, String phases, String annotation) {
        return behaving(name, phases, annotation, "fail");
    }

    private static String job(String name, String phases, String annotation) {
        return behaving(name, phases, annotation, "complete");
    }

    /** A Job of one pod, which the test cluster ends after a second. */
    private static String behaving(String name, String phases, String annotation, String behaviour) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %s, annotations: {gitops.jenkins.io/hook: "%s"%s}}
                spec:
                  backoffLimit: 0
                  template:
                    metadata: {annotations: {testcluster.gitops.jenkins.io/behaviour: %s}}
                    spec:
                      restartPolicy: Never
                      terminationGracePeriodSeconds: 0
                      containers: [{name: run, image: "registry.example/run:1"}]
                """.formatted(name, phases, annotation.isEmpty() ? "" : ", gitops.jenkins.io/" + annotation, behaviour);
    }
}

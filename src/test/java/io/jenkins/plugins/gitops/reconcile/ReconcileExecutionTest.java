package io.jenkins.plugins.gitops.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.FilePath;
import hudson.MarkupText;
import hudson.console.ConsoleNote;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.remoting.Channel;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.TestCredentials;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.field.Words;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The callable on a real node against a real API server. */
@WithCluster
@WithJenkins
class ReconcileExecutionTest {
    @RegisterExtension
    private final InboundAgentExtension inbound = new InboundAgentExtension();

    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {greeting: hello}
            """;
    private static final String PASSWORD = """
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {password: open-sesame-of-the-shop}
            """;
    /** No node runs this image's pods to readiness: its probe waits for a port that never opens. */
    private static final String NEVER_READY = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: slow}
            spec:
              selector: {matchLabels: {app: slow}}
              template:
                metadata: {labels: {app: slow}}
                spec:
                  nodeSelector: {no-such: node}
                  containers:
                  - {name: slow, image: registry.example/slow:1.0}
            """;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private TestCredentials credentials;
    private ClusterDefinition cluster;
    private String token;
    private FilePath checkout;
    private String observations = "";

    @BeforeEach
    void start(JenkinsRule jenkins, TestNamespace namespace) throws Exception {
        this.jenkins = jenkins;
        this.namespace = namespace;
        this.credentials = new TestCredentials(namespace);
        this.token = credentials.token();
        credentials.addToken("token", token);
        this.cluster = credentials.cluster("it", "token");
        this.checkout = jenkins.jenkins.getRootPath().child("checkout-of-the-test");
    }

    private ReconcileExecution execution(ReconcileMode mode) throws Exception {
        Application application = new Application(
                UUID.nameUUIDFromBytes(namespace.name().getBytes(StandardCharsets.UTF_8)),
                "shop",
                Source.of("", "", "deploy"),
                new Destination("it", namespace.name()),
                SyncPolicy.DEFAULT.withPrune(true).withTimeout(Duration.ofSeconds(120)));
        ReconcileRequest request =
                new ReconcileRequest(mode, application, cluster.access(null), "0123abcd", "test", observations);
        return new ReconcileExecution(request, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    private ReconcileOutcome run(ReconcileMode mode) throws Exception {
        ReconcileOutcome outcome = execution(mode).run(checkout);
        observations = outcome.observationsJson();
        return outcome;
    }

    private void write(String name, String yaml) throws Exception {
        checkout.child("deploy").mkdirs();
        checkout.child("deploy").child(name).write(yaml, "UTF-8");
    }

    /** As people read it: without what only the page shows. */
    private String log() {
        return ConsoleNote.removeNotes(log.toString(StandardCharsets.UTF_8));
    }

    private void onAgent() throws Exception {
        on(jenkins.createOnlineSlave());
    }

    private void on(Slave agent) {
        checkout = agent.createPath(agent.getRemoteFS()).child("checkout");
    }

    @ParameterizedTest(name = "on an agent: {0}")
    @ValueSource(booleans = {false, true})
    void aSyncMakesTheClusterAsGitSaysAndTellsEachObject(boolean agent) throws Exception {
        if (agent) {
            onAgent();
        }
        write("settings.yaml", SETTINGS);
        write("login.yaml", PASSWORD);
        ReconcileOutcome outcome = run(ReconcileMode.sync);

        assertThat(outcome.error()).isNull();
        assertThat(outcome.result()).isEqualTo(Result.SUCCESS);
        assertThat(outcome.sync().orElseThrow().result()).isEqualTo(SyncReport.Result.Succeeded);
        assertThat(outcome.drift().orElseThrow().verdict()).isEqualTo(ApplicationVerdict.OutOfSync);
        assertThat(outcome.planJson()).contains("create");
        assertThat(namespace.read("configmap/settings", "{.data.greeting}")).isEqualTo("hello");
        assertThat(log())
                .contains("Sync of shop at 0123abcd with cluster it at https://")
                .contains("=== Render deploy")
                .contains("=== Compare 2 objects with the cluster")
                .contains("=== Sync")
                .containsPattern("created +\\d+ ms  ConfigMap " + namespace.name() + "/settings")
                .contains("Succeeded: 2 created; health Healthy");
    }

    @Test
    void secretsAreNowhere() throws Exception {
        write("login.yaml", PASSWORD);
        ReconcileOutcome synced = run(ReconcileMode.sync);
        namespace.kubectl("patch", "secret", "login", "-p", "{\"stringData\":{\"password\":\"changed-by-hand\"}}");
        ReconcileOutcome checked = run(ReconcileMode.check);

        assertThat(checked.result()).isEqualTo(Result.UNSTABLE);
        for (String secret : new String[] {
            "open-sesame-of-the-shop",
            "b3Blbi1zZXNhbWUtb2YtdGhlLXNob3A=",
            "changed-by-hand",
            "Y2hhbmdlZC1ieS1oYW5k",
            token
        }) {
            assertThat(synced.toString()).doesNotContain(secret);
            assertThat(checked.toString()).doesNotContain(secret);
            assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(secret);
            assertThat(unfolded()).doesNotContain(secret);
        }
        assertThat(unfolded()).contains("data.password").contains("(secret, changed)");
        assertThat(checked.manifestsYaml()).contains("# login.yaml:1").contains("(masked)");
    }

    /** What the buttons in the log show. */
    private String unfolded() throws Exception {
        StringBuilder shown = new StringBuilder();
        byte[] bytes = log.toByteArray();
        String text = log.toString(StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(ConsoleNote.PREAMBLE_STR);
                at >= 0;
                at = text.indexOf(ConsoleNote.PREAMBLE_STR, at + 1)) {
            MarkupText line = new MarkupText("x");
            ConsoleNote<?> note =
                    ConsoleNote.readFrom(new DataInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at)));
            note.annotate(null, line, 0);
            shown.append(line.toString(false)).append('\n');
        }
        return shown.toString();
    }

    @Test
    void theCredentialIsMaskedWhereverItStandsInTheLog() throws Exception {
        write("settings.yaml", SETTINGS);
        run(ReconcileMode.sync);
        namespace.kubectl(
                "patch",
                "configmap",
                "settings",
                "-p",
                "{\"metadata\":{\"annotations\":{\"note\":\"x\"}}," + "\"data\":{\"greeting\":\"" + token + "\"}}");
        run(ReconcileMode.check);
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(token);
        assertThat(unfolded()).doesNotContain(token).contains("- ****");
        assertThat(cluster.access(null).mask().apply("a " + token + " b")).isEqualTo("a **** b");
    }

    @ParameterizedTest(name = "on an agent: {0}")
    @ValueSource(booleans = {false, true})
    void aDriftCheckFoldsItsDifferencesAndWritesNothing(boolean agent) throws Exception {
        if (agent) {
            onAgent();
        }
        write("settings.yaml", SETTINGS);
        run(ReconcileMode.sync);
        assertThat(run(ReconcileMode.check).result()).isEqualTo(Result.SUCCESS);
        namespace.kubectl("patch", "configmap", "settings", "-p", "{\"data\":{\"greeting\":\"goodbye\"}}");
        log.reset();

        ReconcileOutcome outcome = run(ReconcileMode.check);

        assertThat(outcome.result()).isEqualTo(Result.UNSTABLE);
        assertThat(outcome.syncJson()).isNull();
        assertThat(outcome.healthJson()).contains("settings");
        assertThat(log())
                .contains("Drifted   ConfigMap " + namespace.name() + "/settings (settings.yaml:1)")
                .contains("OutOfSync: 1 Drifted")
                .doesNotContain("goodbye");
        assertThat(unfolded()).contains("- goodbye").contains("+ hello").contains("1 field differs");
        assertThat(namespace.read("configmap/settings", "{.data.greeting}")).isEqualTo("goodbye");
    }

    @Test
    void aDryRunReportsWhatASyncWouldDoAndWritesNothing() throws Exception {
        write("settings.yaml", SETTINGS);
        ReconcileOutcome outcome = run(ReconcileMode.dryRun);
        assertThat(outcome.sync().orElseThrow().dryRun()).isTrue();
        assertThat(outcome.result()).isEqualTo(Result.SUCCESS);
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void whatWasSeenOnceIsRememberedByTheNextRun() throws Exception {
        write("settings.yaml", SETTINGS);
        run(ReconcileMode.sync);
        run(ReconcileMode.check);
        namespace.kubectl("delete", "configmap", "settings");
        var drift = run(ReconcileMode.check).drift().orElseThrow();
        assertThat(drift.objects()).singleElement().satisfies(object -> {
            assertThat(object.verdict()).isEqualTo(Verdict.Missing);
            assertThat(object.observedBetween().lastSeenWith()).isNotNull();
        });
    }

    @Test
    void aMistakeInAManifestIsAnInputErrorWithFileAndLine() throws Exception {
        write("settings.yaml", SETTINGS + "data: {twice: true}\n");
        ReconcileOutcome outcome = run(ReconcileMode.sync);
        assertThat(outcome.errorCode()).isEqualTo(2);
        assertThat(outcome.error()).contains("settings.yaml:5");
        assertThat(outcome.result()).isEqualTo(Result.FAILURE);
    }

    @Test
    void aClusterThatIsNotThereIsAClusterError() throws Exception {
        cluster.setServerUrl("https://127.0.0.1:1");
        write("settings.yaml", SETTINGS);
        ReconcileOutcome outcome = run(ReconcileMode.check);
        assertThat(outcome.errorCode()).isEqualTo(3);
        assertThat(outcome.error()).contains("127.0.0.1:1");
    }

    @Test
    void whatTheClusterDoesNotAllowIsRefusedWithFileAndLine() throws Exception {
        cluster.setAllowedKinds(new Words("*.apps"));
        write("settings.yaml", SETTINGS);
        ReconcileOutcome outcome = run(ReconcileMode.sync);
        assertThat(outcome.errorCode()).isEqualTo(4);
        assertThat(outcome.error()).contains("settings.yaml:1").contains("ConfigMap is not allowed");
        assertThat(outcome.sync().orElseThrow().result()).isEqualTo(SyncReport.Result.Refused);
        assertThat(namespace.exists("configmap/settings")).isFalse();

        cluster.setAllowedKinds(new Words(""));
        cluster.setAllowedNamespaces(new Words("elsewhere, other-*"));
        assertThat(run(ReconcileMode.check).error())
                .contains("the namespace " + namespace.name()
                        + " is not allowed in this cluster, only elsewhere, other-*");

        cluster.setAllowedNamespaces(new Words(namespace.name()));
        assertThat(run(ReconcileMode.sync).result()).isEqualTo(Result.SUCCESS);
    }

    @ParameterizedTest(name = "on an agent: {0}")
    @ValueSource(booleans = {false, true})
    void anAbortEndsWithinFiveSecondsAndTellsHowFarItCame(boolean agent) throws Exception {
        if (agent) {
            onAgent();
        }
        write("settings.yaml", SETTINGS);
        write("slow.yaml", NEVER_READY);
        ReconcileExecution execution = execution(ReconcileMode.sync);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CompletableFuture<Long> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                execution.run(checkout);
            } catch (Throwable e) {
                thrown.set(e);
            }
            ended.complete(System.nanoTime());
        });
        thread.start();
        namespace.await(
                "it waits for the deployment",
                Duration.ofSeconds(60),
                () -> log().contains("waiting: Deployment.apps"));
        long interrupted = System.nanoTime();
        thread.interrupt();
        long took = ended.get(20, TimeUnit.SECONDS) - interrupted;

        assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(5));
        assertThat(thrown.get()).isInstanceOf(ReconcileInterruptedException.class);
        ReconcileOutcome outcome =
                ((ReconcileInterruptedException) thrown.get()).outcome().orElseThrow();
        assertThat(outcome.result()).isEqualTo(Result.ABORTED);
        assertThat(outcome.sync().orElseThrow().result()).isEqualTo(SyncReport.Result.Aborted);
        assertThat(log()).contains("Aborted: ");
        assertThat(outcome.sync().orElseThrow().objects())
                .anySatisfy(object -> assertThat(object.name()).isEqualTo("settings"));
    }

    @Test
    void anAgentThatLostItsControllerStopsAndReleasesTheLock() throws Exception {
        // An inbound agent outlives its connection, unlike one that the controller starts.
        on(inbound.createAgent(
                jenkins, InboundAgentExtension.Options.newBuilder().build()));
        write("slow.yaml", NEVER_READY);
        ReconcileExecution execution = execution(ReconcileMode.sync);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                execution.run(checkout);
                ended.complete(null);
            } catch (IOException | InterruptedException | RuntimeException e) {
                ended.complete(e);
            }
        });
        namespace.await(
                "it waits for the deployment",
                Duration.ofSeconds(60),
                () -> log().contains("waiting: Deployment.apps"));
        assertThat(lockHolder()).isNotEmpty();

        ((Channel) checkout.getChannel()).close();

        assertThat(ended.get(20, TimeUnit.SECONDS))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("The agent was lost in the middle");
        namespace.await(
                "the lock is released, long before it runs out",
                Duration.ofSeconds(15),
                () -> lockHolder().isEmpty());
    }

    private String lockHolder() {
        return namespace.kubectl("get", "leases.coordination.k8s.io", "-o", "jsonpath={.items[*].spec.holderIdentity}");
    }

    @Test
    void theNextRunConvergesAfterAnAbort() throws Exception {
        write("settings.yaml", SETTINGS);
        Thread.currentThread().interrupt();
        ReconcileExecution execution = execution(ReconcileMode.sync);
        assertThatThrownBy(() -> execution.run(checkout)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(run(ReconcileMode.sync).result()).isEqualTo(Result.SUCCESS);
    }
}

package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried again, when, and when no more (SEMANTICS 7). The pauses are counted, not slept. */
@WithCluster
class RetryTest {
    private static final String APPLY_B = "PATCH .*/configmaps/b[^&]*&force=true";

    private final List<Duration> pauses = new ArrayList<>();
    private Runnable duringPause = () -> {};
    private double random = 0.5;

    private Scenario shop;
    private TestNamespace namespace;
    private FaultyApiServer server;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("faulty")));
        shop.policy(policy -> policy.withRetry(RetryPolicy.DEFAULT));
        shop.timing(new Timing(
                pause -> {
                    pauses.add(pause);
                    duringPause.run();
                },
                () -> random,
                SyncLock.Times.DEFAULT));
        shop.file("a.yaml", configMap("a")).file("b.yaml", configMap("b"));
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void fiveTimesAfterFiveTenTwentyFortyAndEightySeconds() {
        server.answer(APPLY_B, 500, "InternalError", "an error on the server");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.attempts()).isEqualTo(6);
        assertThat(whole()).containsExactly(5L, 10L, 20L, 40L, 80L);
        assertThat(object(report, "ConfigMap", "a").action())
                .as("what an earlier try did")
                .isEqualTo(Action.created);
        assertThat(object(report, "ConfigMap", "b").message()).contains("an error on the server");
    }

    @Test
    void theCapIsThreeMinutesAndTheJitterAFifth() {
        shop.policy(policy -> policy.withRetry(RetryPolicy.DEFAULT.withLimit(7)));
        server.answer(APPLY_B, 500, "InternalError", "an error on the server");
        random = 1;
        shop.sync();
        assertThat(whole()).containsExactly(6L, 12L, 24L, 48L, 96L, 192L, 216L);
        pauses.clear();
        random = 0;
        shop.sync();
        assertThat(whole()).containsExactly(4L, 8L, 16L, 32L, 64L, 128L, 144L);
    }

    @Test
    void whatHasPassedIsForgottenButTheAttemptsAreCounted() {
        server.answer(APPLY_B, 2, 500, "InternalError", "an error on the server");

        SyncReport report = shop.sync();

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(report.attempts()).isEqualTo(3);
        assertThat(report.objects()).extracting(done -> done.action()).containsOnly(Action.created);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Forbidden | configmaps is forbidden: User x cannot patch resource configmaps
            422 | Invalid   | ConfigMap is invalid
            404 | NotFound  | the server could not find the requested resource
            413 | TooLarge  | request entity too large
            500 | Internal  | failed to create typed patch object: duplicate entries for key
            """)
    void whatDoesNotPassIsNotTriedAgain(int code, String reason, String message) {
        server.answer(APPLY_B, code, reason, message);

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(pauses).isEmpty();
        assertThat(report.attempts()).isEqualTo(1);
        assertThat(object(report, "ConfigMap", "b").message()).contains(message);
    }

    @Test
    void duplicateListKeysAreASchemaErrorOfThatFileAndLineAndNeverTriedAgain() {
        shop.file("deploy/web.yaml", """
                # a comment
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                  - name: web
                    image: x
                    env: [{name: MODE, value: a}, {name: MODE, value: b}]
                """);

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("deploy/web.yaml:2").contains("MODE");
        assertThat(pauses).isEmpty();
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void aRetryAfterThatIsLongerThanThePauseIsHonoured() {
        server.answerOnce(APPLY_B, 429, "TooManyRequests", Map.of("Retry-After", "60"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(whole()).containsExactly(60L);
    }

    @Test
    void aPreFlightThatGetsNoAnswerIsTriedAgainWithNothingWritten() {
        server.answer("PATCH .*/configmaps/b[^&]*&force=true&dryRun=All", 1, 500, "InternalError", "an error");
        duringPause = () -> assertThat(namespace.exists("configmap/a")).isFalse();

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(report.attempts()).isEqualTo(2);
    }

    @Test
    void aConnectionThatIsCutInTheMiddleOfAnApplyIsTriedAgainAndTheReportTellsWhatIsThere() {
        server.cut(APPLY_B);
        duringPause = server::heal;

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(report.attempts()).isEqualTo(2);
        assertThat(object(report, "ConfigMap", "b").action()).isEqualTo(Action.created);
    }

    @Test
    void anAnswerThatIsLostAfterTheWriteIsNeverReportedAsNotWritten() {
        shop.policy(policy -> policy.withRetry(RetryPolicy.NEVER));
        server.cutAfter(APPLY_B);

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(namespace.exists("configmap/b")).isTrue();
        assertThat(object(report, "ConfigMap", "b").message()).contains("whether it was written is not known");
    }

    @Test
    void aNewerRevisionSupersedesASyncThatWaitsToBeTriedAgain() {
        server.answer(APPLY_B, 500, "InternalError", "an error on the server");
        SyncOptions options = SyncOptions.DEFAULT.withNewerRevision(
                () -> pauses.size() < 2 ? Optional.empty() : Optional.of("abc1234"));

        SyncReport report = shop.sync(options, SyncListener.SILENT);

        assertThat(report.result()).isEqualTo(Result.Superseded);
        assertThat(report.message()).contains("abc1234").contains("an error on the server");
        assertThat(report.attempts()).isEqualTo(2);
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
    }

    @Test
    void aNewerRevisionSupersedesARepeatedSyncBetweenItsWaves() {
        shop.file(
                "later.yaml",
                configMap("later")
                        .replace("{name: later}", "{name: later, annotations: {gitops.jenkins.io/sync-wave: \"1\"}}"));
        server.answer(APPLY_B, 1, 500, "InternalError", "an error on the server");
        List<String> waves = new ArrayList<>();
        SyncOptions options = SyncOptions.DEFAULT.withNewerRevision(
                () -> waves.size() < 2 ? Optional.empty() : Optional.of("abc1234"));

        SyncReport report = shop.sync(options, event -> {
            if (event instanceof SyncListener.WaveStarted wave) {
                waves.add(wave.toString());
            }
        });

        assertThat(report.result()).isEqualTo(Result.Superseded);
        assertThat(object(report, "ConfigMap", "b").action()).isEqualTo(Action.created);
        assertThat(object(report, "ConfigMap", "later").message()).contains("newer revision");
        assertThat(namespace.exists("configmap/later")).isFalse();
    }

    @Test
    void aNewerRevisionDoesNotStopASyncThatDidNotFail() {
        SyncOptions options = SyncOptions.DEFAULT.withNewerRevision(() -> Optional.of("abc1234"));
        assertThat(shop.sync(options, SyncListener.SILENT).result()).isEqualTo(Result.Succeeded);
    }

    @Test
    void aTokenThatExpiresInTheMiddleEndsTheSyncAtOnce() {
        server.answer(APPLY_B, 401, "Unauthorized", "Unauthorized");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("does not accept the credentials").contains("renew the token");
        assertThat(pauses).isEmpty();
    }

    /** Waits are cut into looks at Git; here they are what they were, in whole seconds. */
    private List<Long> whole() {
        List<Long> waits = new ArrayList<>();
        Duration sum = Duration.ZERO;
        for (int i = 0; i < pauses.size(); i++) {
            sum = sum.plus(pauses.get(i));
            if (pauses.get(i).compareTo(Duration.ofSeconds(15)) < 0 || i == pauses.size() - 1) {
                waits.add(sum.toSeconds());
                sum = Duration.ZERO;
            }
        }
        return waits;
    }

    private static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                """.formatted(name);
    }
}

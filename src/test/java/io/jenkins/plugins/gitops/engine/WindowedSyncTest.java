package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.CronSchedule;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncPurpose;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sync windows do to a sync (SEMANTICS 8). The clock is turned by hand. */
@WithCluster
class WindowedSyncTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private Instant now = Instant.parse("2026-11-24T16:59:50Z");
    private Scenario shop;
    private TestNamespace namespace;
    private FaultyApiServer server;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("faulty")));
        shop.timing(new Timing(pause -> now = now.plus(pause), () -> 0.5, SyncLock.Times.DEFAULT, () -> now));
        shop.policy(policy -> policy.withRetry(RetryPolicy.DEFAULT));
        shop.file("a.yaml", configMap("a")).file("b.yaml", configMap("b"));
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void whatIsForbiddenIsRefusedAndNothingIsWritten() {
        windows(window(SyncWindow.Kind.deny, "0 8 * * *", 9, false));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Refused);
        assertThat(report.message()).endsWith("open until 2026-11-24T17:00Z. A sync may begin at 2026-11-24T17:00Z");
        assertThat(namespace.exists("configmap/a")).isFalse();
        now = now.plusSeconds(10);
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
    }

    @Test
    void aDryRunIsAllowedAlways() {
        windows(window(SyncWindow.Kind.deny, "0 8 * * *", 9, false));

        assertThat(shop.sync(new SyncOptions(true), SyncListener.SILENT).result())
                .isEqualTo(Result.Succeeded);
    }

    @Test
    void manualSyncLetsThroughWhatSomebodyAsksForAndHealsAreNobodysWish() {
        windows(window(SyncWindow.Kind.deny, "0 8 * * *", 9, true));

        assertThat(result(SyncOptions.DEFAULT)).isEqualTo(Result.Refused);
        assertThat(result(new SyncOptions(false, SyncPurpose.selfHeal))).isEqualTo(Result.Refused);
        assertThat(result(SyncOptions.DEFAULT.withManual(true))).isEqualTo(Result.Succeeded);
        assertThat(result(new SyncOptions(false, SyncPurpose.rollback))).isEqualTo(Result.Succeeded);
    }

    /** Half a rollout is worse than a late one. */
    @Test
    void whatHasBegunIsCarriedOutAlthoughItsWindowCloses() {
        windows(window(SyncWindow.Kind.allow, "0 8 * * *", 9, false));
        server.before("PATCH .*/configmaps/a[^&]*&force=true", 1, () -> now = now.plusSeconds(60));

        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(now).isAfter(Instant.parse("2026-11-24T17:00:00Z"));
        assertThat(result(SyncOptions.DEFAULT)).isEqualTo(Result.Refused);
    }

    @Test
    void noFurtherTryBeginsAfterItsWindowHasClosed() {
        windows(window(SyncWindow.Kind.allow, "0 8 * * *", 9, false));
        server.answer("PATCH .*/configmaps/b[^&]*&force=true", 500, "InternalError", "an error on the server");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("not tried again: shop may not be synced now", "2026-11-25T08:00Z");
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
    }

    @Test
    void aNewerRevisionThatMustWaitForTheNextWindowSupersedesNothing() {
        windows(window(SyncWindow.Kind.allow, "0 8 * * *", 9, false));
        shop.file(
                "later.yaml",
                configMap("later")
                        .replace("{name: later}", "{name: later, annotations: {gitops.jenkins.io/sync-wave: \"1\"}}"));
        server.answer("PATCH .*/configmaps/b[^&]*&force=true", 1, 500, "InternalError", "an error on the server");
        AtomicInteger waves = new AtomicInteger();
        SyncOptions options = SyncOptions.DEFAULT.withNewerRevision(
                () -> waves.get() < 2 ? Optional.empty() : Optional.of("abc1234"));

        SyncReport report = shop.sync(options, event -> {
            if (event instanceof SyncListener.WaveStarted && waves.incrementAndGet() == 2) {
                now = now.plusSeconds(60);
            }
        });

        assertThat(report.attempts()).isEqualTo(2);
        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("configmap/later")).isTrue();
    }

    private Result result(SyncOptions options) {
        return shop.sync(options, SyncListener.SILENT).result();
    }

    private void windows(SyncWindow... windows) {
        shop.policy(policy -> policy.withWindows(List.of(windows)));
    }

    private static SyncWindow window(SyncWindow.Kind kind, String schedule, int hours, boolean manual) {
        return new SyncWindow(kind, CronSchedule.parse(schedule), Duration.ofHours(hours), UTC, manual);
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {a: b}\n".formatted(name);
    }
}

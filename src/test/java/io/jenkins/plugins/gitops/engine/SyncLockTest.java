package io.jenkins.plugins.gitops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers never sync one application at once (SEMANTICS 7 and 12). */
@WithCluster
class SyncLockTest {
    private static final String LEASE = "leases.coordination.k8s.io";

    private Scenario shop;
    private TestNamespace namespace;
    private Path folder;
    private FaultyApiServer server;
    private Path users;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        this.folder = folder;
        this.users = users;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("faulty")));
        shop.file("a.yaml", configMap("a", 0)).file("b.yaml", configMap("b", 1));
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void itIsHeldWhileAnythingIsWrittenAndReleasedAtTheEnd() {
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);

        List<String> writes = server.requests().stream()
                .filter(request -> !request.startsWith("GET") && !request.contains("dryRun"))
                .toList();
        assertThat(writes.getFirst()).startsWith("POST").contains("/leases");
        assertThat(writes.getLast()).startsWith("PUT").contains("/leases/gitops-shop-");
        assertThat(writes)
                .as("bookkeeping")
                .filteredOn(write -> write.contains("gitops-shop-") || write.contains("/leases"))
                .hasSizeLessThanOrEqualTo(5);
        assertThat(holder()).isEmpty();
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
    }

    @Test
    void whileAnotherHoldsItTheSyncIsRefusedAndNamesTheHolderAndUntilWhen() {
        shop.sync();
        hold("other_build-7", Instant.now());
        shop.file("c.yaml", configMap("c", 0));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Refused);
        assertThat(report.message())
                .contains("is being synced by other_build-7")
                .contains("holds until 20");
        assertThat(namespace.exists("configmap/c")).isFalse();
        assertThat(holder()).isEqualTo("other_build-7");
    }

    @Test
    void anExpiredOneIsTakenOver() {
        shop.sync();
        hold("dead_build-6", Instant.now().minusSeconds(31));

        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(holder()).isEmpty();
    }

    @Test
    void oneThatASyncOfThisControllerLeftBehindIsWaitedForUntilItEndsByItself() {
        String left = holderOfASync();
        hold(left, Instant.now().minusSeconds(27));
        List<SyncListener.AwaitingLock> awaited = new ArrayList<>();

        SyncReport report = shop.sync(SyncOptions.DEFAULT, event -> {
            if (event instanceof SyncListener.AwaitingLock lock) {
                awaited.add(lock);
            }
        });

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(awaited)
                .singleElement()
                .satisfies(lock -> assertThat(lock.holder()).isEqualTo(left));
    }

    @Test
    void whileASyncOfThisControllerRenewsItsOwnAnotherOneIsRefused() {
        String other = holderOfASync();
        hold(other, Instant.now());

        SyncReport report = shop.sync(SyncOptions.DEFAULT, event -> {
            if (event instanceof SyncListener.AwaitingLock) {
                hold(other, Instant.now().plusSeconds(1));
            }
        });

        assertThat(report.result()).isEqualTo(Result.Refused);
        assertThat(report.message()).contains("is being synced by " + other);
    }

    private String holderOfASync() {
        String[] holder = new String[1];
        shop.sync(SyncOptions.DEFAULT, event -> {
            if (event instanceof SyncListener.WaveStarted) {
                holder[0] = holder();
            }
        });
        return holder[0];
    }

    @Test
    void theOneOfAProcessOfThisMachineThatIsGoneIsTakenOverAtOnce() throws Exception {
        String holder = holderOfASync().replaceFirst("^[^_]*_", "another_");
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        String alive = Long.toString(ProcessHandle.current().pid());
        assertThat(holder).contains("_" + alive + "@");

        hold(holder, Instant.now());
        assertThat(shop.sync().result()).as("alive").isEqualTo(Result.Refused);
        hold(holder.replace("_" + alive + "@", "_" + process.pid() + "@"), Instant.now());
        assertThat(shop.sync().result()).as("gone").isEqualTo(Result.Succeeded);
        hold(holder.replaceAll("_[0-9]+@[0-9a-f]+_", "_" + process.pid() + "@123456789abc_"), Instant.now());
        assertThat(shop.sync().result()).as("gone, but of another machine").isEqualTo(Result.Refused);
    }

    @Test
    void withoutALockNobodyIsAsked() {
        shop.sync();
        hold("other_build-7", Instant.now());
        shop.policy(policy -> policy.withLock(false));

        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(holder()).isEqualTo("other_build-7");
    }

    @Test
    void aLockThatIsTakenAwayStopsTheSyncBeforeItsNextWrite() {
        shop.timing(quick());
        SyncListener thief = event -> {
            if (event instanceof SyncListener.WaveStarted wave && wave.wave() == 1) {
                hold("thief", Instant.now().plusSeconds(60));
                namespace.await("the loss is noticed", Duration.ofSeconds(10), () -> renewalsAfterTheft() > 0);
            }
        };

        SyncReport report = shop.sync(SyncOptions.DEFAULT, thief);

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("taken over by thief").contains("stopped before the next write");
        assertThat(Scenario.object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(namespace.exists("configmap/b")).isFalse();
        assertThat(holder()).isEqualTo("thief");
    }

    @Test
    void aLockThatCannotBeRenewedStopsTheSyncBeforeItsNextWrite() {
        shop.timing(quick());
        SyncListener cutter = event -> {
            if (event instanceof SyncListener.WaveStarted wave && wave.wave() == 1) {
                server.answer("PUT .*/leases/.*", 500, "InternalError", "an error on the server");
                pause(Duration.ofMillis(2600));
            }
        };

        SyncReport report = shop.sync(SyncOptions.DEFAULT, cutter);

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("could not be renewed for 2 s");
        assertThat(namespace.exists("configmap/b")).isFalse();
    }

    @Test
    void aLongSyncRenewsIt() {
        shop.timing(quick());
        SyncListener slow = event -> {
            if (event instanceof SyncListener.WaveStarted wave && wave.wave() == 1) {
                pause(Duration.ofMillis(4000));
            }
        };
        assertThat(shop.sync(SyncOptions.DEFAULT, slow).result()).isEqualTo(Result.Succeeded);
    }

    @Test
    void aReleaseWithoutAnAnswerIsSentAgainOnAnotherConnection() {
        server.hang("PUT .*/leases/.*", 1, Duration.ofSeconds(60));

        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(holder()).isEmpty();
    }

    @Test
    void aLockThatCannotBeReleasedIsSaidAndHoldsNobodyUpForLong() {
        server.hang("PUT .*/leases/.*", Duration.ofSeconds(60));
        List<SyncListener.LockLeft> left = new ArrayList<>();
        Instant start = Instant.now();

        SyncReport report = shop.sync(SyncOptions.DEFAULT, event -> {
            if (event instanceof SyncListener.LockLeft lock) {
                left.add(lock);
            }
        });

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
        assertThat(left).singleElement().satisfies(lock -> {
            assertThat(lock.why())
                    .contains("Lease " + namespace.name() + "/gitops-shop-")
                    .contains("timed out");
            assertThat(lock.until())
                    .isBetween(start.plusSeconds(25), Instant.now().plusSeconds(31));
        });
    }

    @Test
    void whoMayNotUseLeasesIsToldWhatToDo() {
        namespace.kubectl("create", "serviceaccount", "limited");
        namespace.kubectl("create", "role", "limited", "--verb=*", "--resource=configmaps");
        namespace.kubectl(
                "create",
                "rolebinding",
                "limited",
                "--role=limited",
                "--serviceaccount=" + namespace.name() + ":limited");
        Path user = namespace.kubeconfigWithToken(users.resolve("l"), namespace.kubectl("create", "token", "limited"));
        try (Scenario limited = new Scenario(namespace, folder, user)) {
            SyncReport report = limited.sync();

            assertThat(report.result()).isEqualTo(Result.Refused);
            assertThat(report.message())
                    .contains("leases")
                    .contains("get, create and update")
                    .contains("--no-lock");
            limited.policy(policy -> policy.withLock(false));
            assertThat(limited.sync().result()).isEqualTo(Result.Succeeded);
        }
    }

    @Test
    void inANamespaceOfTheSetItIsTakenAsSoonAsThatStands() {
        String later = namespace.name() + "-x";
        shop.destination(later).file("namespace.yaml", """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(later));

        SyncReport report = shop.sync();

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        List<String> writes = server.requests().stream()
                .filter(request -> !request.startsWith("GET") && !request.contains("dryRun"))
                .filter(request -> request.contains("/namespaces/" + later))
                .toList();
        assertThat(writes.get(0)).as("refused by the server").startsWith("POST").contains("/leases");
        assertThat(writes.get(1)).startsWith("PATCH").contains("/namespaces/" + later + "?");
        assertThat(writes.get(2)).startsWith("POST").contains("/leases");
        assertThat(writes.get(3)).startsWith("PATCH").contains("/configmaps/gitops-shop-");
        namespace.kubectl("delete", "namespace", later, "--wait=false");
    }

    @Test
    void anInventoryThatAnotherSyncWroteSinceTheComparisonIsNotOverwritten() {
        Reconciliation stale = shop.reconciler()
                .compare(shop.application(), "", shop.reconciler().render(shop.application(), shop.tree()));
        shop.file("service.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                """);
        shop.sync();

        assertThat(stale.sync(SyncOptions.DEFAULT, SyncListener.SILENT).result())
                .isEqualTo(Result.Succeeded);

        assertThat(namespace.exists("service/web"))
                .as("tracked, so pruned as the older commit wants")
                .isFalse();
    }

    private long renewalsAfterTheft() {
        int theft = server.requests().size();
        pause(Duration.ofMillis(1500));
        return server.requests().stream()
                .skip(theft)
                .filter(request -> request.startsWith("GET") && request.contains("/leases"))
                .count();
    }

    /** A lock of 3 s, renewed every second. */
    private static Timing quick() {
        return new Timing(
                Timing.REAL.sleep(),
                Timing.REAL.random(),
                new SyncLock.Times(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(2500)));
    }

    private void hold(String holder, Instant renewed) {
        namespace.kubectl("patch", LEASE, lease(), "--type=merge", "-p", """
                        {"spec":{"holderIdentity":"%s","leaseDurationSeconds":30,"renewTime":"%s"}}
                        """.formatted(
                        holder, renewed.toString().substring(0, 19) + ".000000Z"));
    }

    private String holder() {
        return namespace.read(LEASE + "/" + lease(), "{.spec.holderIdentity}");
    }

    private String lease() {
        return namespace.kubectl("get", LEASE, "-o", "jsonpath={.items[0].metadata.name}");
    }

    private static void pause(Duration pause) {
        Timing.REAL.sleep().accept(pause);
    }

    private static String configMap(String name, int wave) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {gitops.jenkins.io/sync-wave: "%d"}}
                """.formatted(name, wave);
    }
}

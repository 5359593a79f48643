package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.field;
import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects as large as etcd takes them, and as many as an application may have. */
@WithCluster
class LargeSetsTest {
    private static final int MANY = Integer.getInteger("large.objects", 500);

    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder);
        shop.policy(policy -> policy.withAwaitHealth(false));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anObjectOfNineHundredKilobytesIsSyncedAndCompared() {
        String large = "x".repeat(900_000);
        shop.file("large.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: large}
                data:
                  level: "1"
                  large: %s
                """.formatted(large));
        SyncReport report = shop.sync();
        assertThat(report.message()).isEmpty();
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);

        namespace.kubectl("patch", "configmap/large", "--type=merge", "-p", "{\"data\":{\"level\":\"2\"}}");

        ObjectDrift drifted = object(shop.diff(), "ConfigMap", "large");
        assertThat(drifted.fields()).hasSize(1);
        assertThat(field(drifted, "data.level").manager()).isEqualTo("kubectl-patch");
    }

    @Test
    void manyObjectsAreSyncedAndComparedInTimeThatGrowsWithTheirNumber() {
        shop.file(
                "many.yaml",
                IntStream.range(0, MANY)
                        .mapToObj(i -> """
                                ---
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: {name: c-%05d, labels: {app: shop, part: "%d"}}
                                data: {greeting: hello, number: "%d"}
                                """.formatted(i, i % 10, i))
                        .collect(Collectors.joining()));
        Instant start = Instant.now();
        SyncReport report = shop.sync();
        assertThat(report.message()).isEmpty();
        Duration sync = Duration.between(start, Instant.now());
        namespace.kubectl("patch", "configmap/c-00007", "--type=merge", "-p", "{\"data\":{\"greeting\":\"bye\"}}");
        start = Instant.now();

        DriftReport drift = shop.diff();

        Duration diff = Duration.between(start, Instant.now());
        System.out.printf(
                "%d objects: sync %d ms, diff %d ms, %d MB used%n",
                MANY, sync.toMillis(), diff.toMillis(), usedMegabytes());
        assertThat(drift.objects()).hasSize(MANY);
        assertThat(drift.objects().stream().filter(object -> object.verdict() != Verdict.InSync))
                .as(() -> ReportJson.pretty(drift))
                .extracting(ObjectDrift::name)
                .containsExactly("c-00007");
        assertThat(diff).isLessThan(Duration.ofSeconds(60));
    }

    private static long usedMegabytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}

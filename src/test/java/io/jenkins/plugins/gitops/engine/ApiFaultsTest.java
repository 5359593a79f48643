package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.field;
import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that refuses, lies or falls silent about one object: that object is told truthfully, the others as ever. */
@WithCluster
class ApiFaultsTest {
    private Scenario shop;
    private TestNamespace namespace;
    private FaultyApiServer server;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("faulty")));
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("a.yaml", configMap("good", "1")).file("b.yaml", configMap("bad", "1"));
        SyncReport report = shop.sync();
        assertThat(report.message()).as(ReportJson.pretty(report)).isEmpty();
        namespace.kubectl("patch", "configmap/good", "--type=merge", "-p", "{\"data\":{\"level\":\"2\"}}");
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden, configmaps bad is forbidden: User x cannot patch resource configmaps",
        "404, NotFound, the server could not find the requested resource",
        "410, Expired, the resource is gone",
        "422, Invalid, ConfigMap bad is invalid",
        "429, TooManyRequests, too many requests",
        "500, InternalError, an error on the server",
        "503, ServiceUnavailable, the server is not ready",
        "504, Timeout, the request did not complete in time"
    })
    void aRefusedDryRunMakesOneObjectUnknown(int code, String reason, String message) {
        server.answer("PATCH .*/configmaps/bad.*", code, reason, message);
        onlyBadIsUnknown(shop.diff(), message);
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden, configmaps bad is forbidden: User x cannot get resource configmaps",
        "410, Expired, the resource is gone",
        "429, TooManyRequests, too many requests",
        "500, InternalError, an error on the server",
        "503, ServiceUnavailable, the server is not ready"
    })
    void aRefusedReadMakesOneObjectUnknownAndNotMissing(int code, String reason, String message) {
        server.answer("GET .*/configmaps.*labelSelector.*", code, reason, message);
        server.answer("GET .*/configmaps/bad.*", code, reason, message);
        onlyBadIsUnknown(shop.diff(), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH .*/configmaps/bad.*", "GET .*/configmaps/bad.*|GET .*/configmaps.*labelSelector.*"})
    void noAnswerMakesOneObjectUnknown(String pattern) {
        server.cut(pattern);
        onlyBadIsUnknown(shop.diff(), "does not answer");
    }

    @Test
    void aReadThatDoesNotFindWhatIsThereMakesNothingMissing() {
        server.answer("GET .*/configmaps/bad.*|GET .*/configmaps.*labelSelector.*", 404, "NotFound", "not found");
        onlyBadIsUnknown(shop.diff(), "says that it is there and that it is not");
    }

    @Test
    void whatCannotBeListedIsNotForgotten() {
        shop.without("b.yaml").file("c.yaml", configMap("new", "1"));
        server.answer("GET .*/configmaps.*labelSelector.*", 500, "InternalError", "an error on the server");

        DriftReport report = shop.diff();

        assertThat(report.objects()).extracting(ObjectDrift::name).containsExactlyInAnyOrder("good", "new");
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("ConfigMap")
                .contains("no longer in Git cannot be found: an error on the server");
        shop.sync();
        assertThat(namespace.exists("configmap/bad")).isTrue();
        server.heal();
        assertThat(object(shop.diff(), "ConfigMap", "bad").verdict()).isEqualTo(Verdict.Extra);
    }

    @Test
    void anInventoryThatCannotBeReadEndsTheComparisonForWithoutItAllWouldBeWrong() {
        server.answer("GET .*/configmaps/gitops-shop-.*", 500, "InternalError", "an error on the server");
        assertThatThrownBy(shop::diff)
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("ConfigMap " + namespace.name() + "/gitops-shop-")
                .hasMessageContaining("an error on the server");
    }

    @Test
    void aServerThatDoesNotTellItsKindsIsAFailureOfTheCluster() {
        server.answer("GET /apis", 403, "Forbidden", "User nobody cannot get path /apis");
        Reconciler reconciler = shop.reconciler();
        assertThatThrownBy(reconciler::refresh)
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("does not tell which kinds it serves")
                .hasMessageContaining("cannot get path /apis");
    }

    @Test
    void aBusyServersRetryAfterIsHonoured() {
        server.answerOnce("PATCH .*/configmaps/bad.*", 429, "TooManyRequests", Map.of("Retry-After", "2"));
        Instant start = Instant.now();

        DriftReport report = shop.diff();

        assertThat(object(report, "ConfigMap", "bad").verdict()).isEqualTo(Verdict.InSync);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void aForgottenPageIsReadAgainFromTheFirst() {
        for (int i = 0; i < 25; i++) {
            shop.file("more-" + i + ".yaml", configMap("more-" + i, "1"));
        }
        shop.sync();
        server.answerOnce("GET .*/configmaps[?]limit=500.*", 410, "Expired", Map.of());

        DriftReport report = shop.diff();

        assertThat(report.objects()).hasSize(27).allMatch(object -> object.verdict() != Verdict.Missing);
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void anObjectThatChangesBetweenListAndDryRunIsComparedAsItIsThen() {
        server.before(
                "PATCH .*/configmaps/bad.*",
                1,
                () -> namespace.kubectl(
                        "patch", "configmap/bad", "--type=merge", "-p", "{\"data\":{\"level\":\"7\"}}"));

        ObjectDrift bad = object(shop.diff(), "ConfigMap", "bad");

        assertThat(bad.verdict()).isEqualTo(Verdict.Drifted);
        assertThat(field(bad, "data.level").live().asText()).isEqualTo("7");
    }

    @Test
    void anObjectThatIsDeletedBetweenListAndDryRunIsMissing() {
        server.before("PATCH .*/configmaps/bad.*", 1, () -> namespace.kubectl("delete", "configmap/bad"));
        assertThat(object(shop.diff(), "ConfigMap", "bad").verdict()).isEqualTo(Verdict.Missing);
    }

    @Test
    void anObjectThatNeverStandsStillIsUnknown() {
        server.before(
                "PATCH .*/configmaps/bad.*",
                100,
                () -> namespace.kubectl("annotate", "configmap/bad", "tick=" + System.nanoTime(), "--overwrite"));
        onlyBadIsUnknown(shop.diff(), "changed during each");
    }

    @Test
    void aClusterThatGoesAwayInTheMiddleIsToldOnceAndNotForEachObject() {
        for (int i = 0; i < 40; i++) {
            shop.file("more-" + i + ".yaml", configMap("more-" + i, "1"));
        }
        shop.sync();
        server.cut("PATCH .*");
        assertThatThrownBy(shop::diff).isInstanceOf(ClusterException.class).hasMessageContaining("does not answer");
    }

    @Test
    void aSyncThatCannotAskForOneObjectWritesNothing() {
        server.answer("PATCH .*/configmaps/bad.*", 500, "InternalError", "an error on the server");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(SyncReport.Result.Failed);
        assertThat(report.message()).contains("an error on the server").contains("b.yaml:1");
        assertThat(namespace.read("configmap/good", "{.data.level}")).isEqualTo("2");
    }

    private void onlyBadIsUnknown(DriftReport report, String message) {
        ObjectDrift bad = object(report, "ConfigMap", "bad");
        assertThat(bad.verdict()).as(ReportJson.pretty(report)).isEqualTo(Verdict.Unknown);
        assertThat(bad.message()).contains(message);
        assertThat(object(report, "ConfigMap", "good").verdict()).isEqualTo(Verdict.Drifted);
        assertThat(report.verdict()).isEqualTo(ApplicationVerdict.OutOfSync);
        assertThat(report.objects()).hasSize(2);
    }

    /** Spelled so that only a dry run can tell that it is in sync. */
    private static String configMap(String name, String level) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {}}
                data: {level: "%s"}
                """.formatted(name, level);
    }
}

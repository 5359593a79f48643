package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS 12: what a sync waits for. The class {@code late} binds at the first consumer. */
class WaitingTest {
    private static final String DELETED = "metadata: {deletionTimestamp: '2026-01-01T11:00:00Z'}, ";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"blocking", "letPass"})
    void blocks(String rule, ObjectNode object, boolean expected) {
        HealthRules rules = new HealthRules(HealthPolicy.DEFAULT, List.of(), InstantSource.fixed(LiveObjects.NOW));
        Waiting waiting = new Waiting(storageClass -> storageClass.equals("late"));
        assertThat(waiting.blocks(object, rules.assess(object))).isEqualTo(expected);
        assertThat(waiting.counted(object, rules.assess(object)).map(Health::status))
                .as("what counts towards the application is no worse than the wait's verdict")
                .matches(status -> expected
                        ? status.equals(rules.assess(object).map(Health::status))
                        : status.isEmpty()
                                || status.get() == HealthStatus.Healthy
                                || status.get() == HealthStatus.Suspended);
    }

    static Stream<Arguments> blocking() {
        return Stream.of(
                        arguments("Progressing blocks", live("apps/v1", "Deployment", "spec: {}")),
                        arguments("Degraded blocks", live("v1", "Pod", "status: {phase: Failed}")),
                        arguments("a Pending claim of an immediate class blocks", claim("Pending", "fast")),
                        arguments("a Lost claim blocks", claim("Lost", "late")),
                        arguments(
                                "a claim being deleted blocks",
                                live("v1", "PersistentVolumeClaim", DELETED + "status: {phase: Pending}")),
                        arguments(
                                "an autoscaler that cannot scale blocks",
                                live(
                                        "autoscaling/v2",
                                        "HorizontalPodAutoscaler",
                                        "status: {conditions: [{type: AbleToScale, status: 'False', reason: FailedGetScale}]}")),
                        arguments(
                                "an Ingress without address blocks",
                                live("networking.k8s.io/v1", "Ingress", "status: {loadBalancer: {}}")))
                .map(row -> arguments(row.get()[0], row.get()[1], true));
    }

    static Stream<Arguments> letPass() {
        return Stream.of(
                        arguments("no health passes", live("v1", "ConfigMap", "data: {}")),
                        arguments("Healthy passes", live("v1", "Service", "spec: {}")),
                        arguments("Suspended passes", live("batch/v1", "CronJob", "spec: {suspend: true}")),
                        arguments("a Pending claim of a WaitForFirstConsumer class passes", claim("Pending", "late")),
                        arguments(
                                "so does one whose status is not written yet",
                                live("v1", "PersistentVolumeClaim", "spec: {storageClassName: late}")),
                        arguments("a Pending claim with an empty class passes", claim("Pending", "''")),
                        arguments(
                                "a Pending claim of no class passes",
                                live("v1", "PersistentVolumeClaim", "status: {phase: Pending}")),
                        arguments("a Bound claim passes", claim("Bound", "fast")),
                        arguments(
                                "an autoscaler without conditions passes",
                                live("autoscaling/v2", "HorizontalPodAutoscaler", "status: {currentReplicas: 0}")),
                        arguments(
                                "an autoscaler without status passes",
                                live("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {}")))
                .map(row -> arguments(row.get()[0], row.get()[1], false));
    }

    private static ObjectNode claim(String phase, String storageClass) {
        return live(
                "v1",
                "PersistentVolumeClaim",
                "spec: {storageClassName: " + storageClass + "}, status: {phase: " + phase + "}");
    }
}

package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.assess;
import static io.jenkins.plugins.gitops.engine.model.Health.degraded;
import static io.jenkins.plugins.gitops.engine.model.Health.healthy;
import static io.jenkins.plugins.gitops.engine.model.Health.progressing;
import static io.jenkins.plugins.gitops.engine.model.Health.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS 9: Deployment, StatefulSet, DaemonSet, ReplicaSet. */
class WorkloadHealthTest {
    private static final Health STALE =
            progressing("its controller has not looked at generation 3 yet: the status is of generation 2");
    private static final Health NO_STATUS = progressing("no status yet: its controller has not looked at it");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void deployment(String rule, String body, Health expected) {
        assertThat(assess("apps/v1", "Deployment", body)).contains(expected);
    }

    static Stream<Arguments> deployment() {
        return Stream.of(
                arguments(
                        "paused is Suspended",
                        "spec: {paused: true}, status: {observedGeneration: 1}",
                        suspended("paused: nothing is rolled out while spec.paused is true")),
                arguments(
                        "paused comes before a stale generation",
                        "metadata: {generation: 3}, spec: {paused: true}, status: {observedGeneration: 2}",
                        suspended("paused: nothing is rolled out while spec.paused is true")),
                arguments("no status is Progressing", "spec: {replicas: 0}", NO_STATUS),
                arguments("an empty status is none", "spec: {replicas: 0}, status: {}", NO_STATUS),
                arguments(
                        "a stale generation is Progressing, whatever the counts",
                        "metadata: {generation: 3}, spec: {replicas: 1}, status: {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1}",
                        STALE),
                arguments(
                        "a stale generation hides an old deadline",
                        "metadata: {generation: 3}, spec: {replicas: 1}, status: {observedGeneration: 2, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded}]}",
                        STALE),
                arguments(
                        "an exceeded deadline is Degraded, with the controller's words",
                        "metadata: {generation: 3}, status: {observedGeneration: 3, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: ReplicaSet web-5 has timed out progressing.}]}",
                        degraded("ProgressDeadlineExceeded: ReplicaSet web-5 has timed out progressing.")),
                arguments(
                        "updated < desired is Progressing",
                        "spec: {replicas: 3}, status: {replicas: 3, updatedReplicas: 1, availableReplicas: 3}",
                        progressing("1 of 3 pods updated")),
                arguments(
                        "no replicas means one",
                        "spec: {}, status: {observedGeneration: 1}",
                        progressing("0 of 1 pods updated")),
                arguments(
                        "one old replica left is Progressing",
                        "spec: {replicas: 3}, status: {replicas: 4, updatedReplicas: 3, availableReplicas: 3}",
                        progressing("1 old pod has still to stop")),
                arguments(
                        "old replicas left are Progressing",
                        "spec: {replicas: 3}, status: {replicas: 5, updatedReplicas: 3, availableReplicas: 3}",
                        progressing("2 old pods have still to stop")),
                arguments(
                        "available < updated is Progressing",
                        "spec: {replicas: 3}, status: {replicas: 3, updatedReplicas: 3, availableReplicas: 2}",
                        progressing("2 of 3 updated pods available")),
                arguments(
                        "all updated and available is Healthy",
                        "metadata: {generation: 3}, spec: {replicas: 3}, status: {observedGeneration: 3, replicas: 3, updatedReplicas: 3, availableReplicas: 3, conditions: [{type: Progressing, status: 'True', reason: NewReplicaSetAvailable}]}",
                        healthy("")),
                arguments(
                        "scaled to nothing is Healthy",
                        "metadata: {generation: 3}, spec: {replicas: 0}, status: {observedGeneration: 3}",
                        healthy("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void statefulSet(String rule, String body, Health expected) {
        assertThat(assess("apps/v1", "StatefulSet", body)).contains(expected);
    }

    static Stream<Arguments> statefulSet() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {replicas: 1}", NO_STATUS),
                arguments(
                        "observedGeneration 0 is Progressing",
                        "spec: {replicas: 0}, status: {replicas: 0}",
                        progressing(
                                "its controller has not looked at generation 0 yet: the status is of generation 0")),
                arguments(
                        "a stale generation is Progressing",
                        "metadata: {generation: 3}, spec: {replicas: 1}, status: {observedGeneration: 2, readyReplicas: 1}",
                        STALE),
                arguments(
                        "ready < desired is Progressing",
                        "spec: {replicas: 3}, status: {observedGeneration: 1, readyReplicas: 2}",
                        progressing("2 of 3 pods ready")),
                arguments(
                        "ready < desired is Progressing with OnDelete too",
                        "spec: {updateStrategy: {type: OnDelete}}, status: {observedGeneration: 1, readyReplicas: 0}",
                        progressing("0 of 1 pods ready")),
                arguments(
                        "OnDelete is Healthy, whatever the revisions",
                        "spec: {replicas: 1, updateStrategy: {type: OnDelete}}, status: {observedGeneration: 1, readyReplicas: 1, currentRevision: a, updateRevision: b}",
                        healthy("")),
                arguments(
                        "with a partition: updated < desired − partition is Progressing",
                        "spec: {replicas: 5, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}}, status: {observedGeneration: 1, readyReplicas: 5, updatedReplicas: 2}",
                        progressing("2 of 3 pods above the partition updated")),
                arguments(
                        "with a partition: updated ≥ desired − partition is Healthy, whatever the revisions",
                        "spec: {replicas: 5, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}}, status: {observedGeneration: 1, readyReplicas: 5, updatedReplicas: 3, currentRevision: a, updateRevision: b}",
                        healthy("")),
                arguments(
                        "revisions differ is Progressing",
                        "spec: {replicas: 2}, status: {observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b}",
                        progressing("1 of 2 pods updated to revision b from a")),
                arguments(
                        "the default partition 0 is no partition",
                        "spec: {replicas: 2, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}}, status: {observedGeneration: 1, readyReplicas: 2, updatedReplicas: 2, currentRevision: a, updateRevision: b}",
                        progressing("2 of 2 pods updated to revision b from a")),
                arguments(
                        "all ready in one revision is Healthy",
                        "metadata: {generation: 3}, spec: {replicas: 2}, status: {observedGeneration: 3, readyReplicas: 2, currentRevision: b, updateRevision: b}",
                        healthy("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void daemonSet(String rule, String body, Health expected) {
        assertThat(assess("apps/v1", "DaemonSet", body)).contains(expected);
    }

    static Stream<Arguments> daemonSet() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {}", NO_STATUS),
                arguments(
                        "a stale generation is Progressing",
                        "metadata: {generation: 3}, status: {observedGeneration: 2}",
                        STALE),
                arguments(
                        "a stale generation is Progressing with OnDelete too",
                        "metadata: {generation: 3}, spec: {updateStrategy: {type: OnDelete}}, status: {observedGeneration: 2}",
                        STALE),
                arguments(
                        "OnDelete is Healthy",
                        "spec: {updateStrategy: {type: OnDelete}}, status: {observedGeneration: 1, desiredNumberScheduled: 2}",
                        healthy("")),
                arguments(
                        "updated < desired is Progressing",
                        "status: {desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2}",
                        progressing("1 of 2 pods updated")),
                arguments(
                        "available < desired is Progressing",
                        "status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1}",
                        progressing("1 of 2 pods available")),
                arguments(
                        "all updated and available is Healthy",
                        "metadata: {generation: 3}, status: {observedGeneration: 3, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2}",
                        healthy("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void replicaSet(String rule, String body, Health expected) {
        assertThat(assess("apps/v1", "ReplicaSet", body)).contains(expected);
    }

    static Stream<Arguments> replicaSet() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {replicas: 0}", NO_STATUS),
                arguments(
                        "a stale generation is Progressing",
                        "metadata: {generation: 3}, status: {observedGeneration: 2, conditions: [{type: ReplicaFailure, status: 'True'}]}",
                        STALE),
                arguments(
                        "ReplicaFailure True is Degraded",
                        "status: {replicas: 0, conditions: [{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: exceeded quota}]}",
                        degraded("FailedCreate: exceeded quota")),
                arguments(
                        "ReplicaFailure False is not",
                        "spec: {replicas: 1}, status: {availableReplicas: 1, conditions: [{type: ReplicaFailure, status: 'False'}]}",
                        healthy("")),
                arguments(
                        "available < desired is Progressing",
                        "spec: {replicas: 2}, status: {availableReplicas: 1}",
                        progressing("1 of 2 pods available")),
                arguments(
                        "all available is Healthy",
                        "spec: {replicas: 2}, status: {availableReplicas: 2}",
                        healthy("")));
    }
}

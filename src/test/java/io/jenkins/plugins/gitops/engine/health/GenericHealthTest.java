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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS 9: kinds without a rule of their own. */
class GenericHealthTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void conditions(String rule, String body, Health expected) {
        assertThat(assess("example.com/v1", "Widget", body)).contains(expected);
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                arguments(
                        "observedGeneration behind is Progressing",
                        "metadata: {generation: 3}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}",
                        progressing(
                                "its controller has not looked at generation 3 yet: the status is of generation 2")),
                arguments(
                        "Stalled True is Degraded",
                        "status: {conditions: [{type: Ready, status: 'True'}, {type: Stalled, status: 'True', reason: BadSpec, message: no such shop}]}",
                        degraded("BadSpec: no such shop")),
                arguments(
                        "Stalled comes before Reconciling",
                        "status: {conditions: [{type: Reconciling, status: 'True'}, {type: Stalled, status: 'True'}]}",
                        degraded("Stalled is True")),
                arguments(
                        "Reconciling True is Progressing",
                        "status: {conditions: [{type: Ready, status: 'True'}, {type: Reconciling, status: 'True', message: step 2}]}",
                        progressing("step 2")),
                arguments(
                        "Stalled and Reconciling False leave the others to decide",
                        "status: {conditions: [{type: Stalled, status: 'False'}, {type: Reconciling, status: 'False'}, {type: Ready, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "Available True is Healthy",
                        "status: {conditions: [{type: Available, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "Succeeded True is Healthy",
                        "status: {conditions: [{type: Succeeded, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "Complete True is Healthy",
                        "status: {conditions: [{type: Complete, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "Failed True is Degraded",
                        "status: {conditions: [{type: Failed, status: 'True', reason: Quota}]}",
                        degraded("Quota")),
                arguments(
                        "Degraded True is Degraded, even when Available",
                        "status: {conditions: [{type: Available, status: 'True'}, {type: Degraded, status: 'True', reason: OneReplica}]}",
                        degraded("OneReplica")),
                arguments(
                        "Degraded False is not",
                        "status: {conditions: [{type: Available, status: 'True'}, {type: Degraded, status: 'False'}]}",
                        healthy("")),
                arguments(
                        "Ready False is Progressing",
                        "status: {conditions: [{type: Ready, status: 'False', reason: Issuing, message: waits for the issuer}]}",
                        progressing("Issuing: waits for the issuer")),
                arguments(
                        "Ready False for want of another object is Progressing",
                        "status: {conditions: [{type: Ready, status: 'False', reason: SecretNotFound}]}",
                        progressing("SecretNotFound")),
                arguments(
                        "Ready False with a terminal-looking reason is Degraded",
                        "status: {conditions: [{type: Ready, status: 'False', reason: BuildFailed, message: exit 1}]}",
                        degraded("BuildFailed: exit 1")),
                arguments(
                        "Ready Unknown is Progressing, whatever the reason",
                        "status: {conditions: [{type: Ready, status: Unknown, reason: LastProbeFailed}]}",
                        progressing("LastProbeFailed")),
                arguments(
                        "Ready False beats Available True",
                        "status: {conditions: [{type: Available, status: 'True'}, {type: Ready, status: 'False', reason: Rolling}]}",
                        progressing("Rolling")),
                arguments(
                        "what has Succeeded need not be Ready",
                        "status: {conditions: [{type: Ready, status: 'False', reason: Ended}, {type: Succeeded, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "a stale condition counts as absent",
                        "metadata: {generation: 2}, status: {conditions: [{type: Stalled, status: 'True', observedGeneration: 1}, {type: Ready, status: 'True', observedGeneration: 2}]}",
                        healthy("")),
                arguments(
                        "nothing but stale conditions is Progressing",
                        "metadata: {generation: 2}, status: {conditions: [{type: Ready, status: 'True', observedGeneration: 1}]}",
                        progressing("its conditions are of an older generation than 2")));
    }

    @ParameterizedTest
    @MethodSource
    void nothingThatTellsIsNoHealth(String body) {
        assertThat(assess("example.com/v1", "Widget", body)).isEmpty();
    }

    static Stream<String> nothingThatTellsIsNoHealth() {
        return Stream.of(
                "metadata: {generation: 2}, spec: {size: 1}",
                "status: {}",
                "status: {phase: Blue}",
                "status: {phase: 3}",
                "metadata: {generation: 2}, status: {observedGeneration: 2}",
                "status: {conditions: [{type: Painted, status: 'True'}]}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void phases(String status, Health expected) {
        assertThat(assess("example.com/v1", "Widget", "status: {" + status + "}"))
                .contains(expected);
    }

    static Stream<Arguments> phases() {
        return Stream.of(
                arguments("phase: Active", healthy("")),
                arguments("state: READY", healthy("")),
                arguments("phase: Pending", progressing("status.phase is Pending")),
                arguments("phase: NotReady", progressing("status.phase is NotReady")),
                arguments("phase: Provisioning, message: 1 of 3", progressing("status.phase is Provisioning: 1 of 3")),
                arguments("state: Failed, reason: NoDisk", degraded("status.state is Failed: NoDisk")),
                arguments("phase: install-error", degraded("status.phase is install-error")),
                arguments("phase: Paused", suspended("status.phase is Paused")),
                arguments("phase: Failed, conditions: [{type: Ready, status: 'True'}]", healthy("")));
    }

    @Test
    void aPhaseOfKubernetesItselfTellsNoHealth() {
        assertThat(assess("v1", "Namespace", "status: {phase: Active}")).isEmpty();
        assertThat(assess("v1", "PersistentVolume", "status: {phase: Bound}")).isEmpty();
    }

    @Test
    void aKindIsKnownByItsGroupToo() {
        String body = "spec: {type: LoadBalancer}, status: {conditions: [{type: Ready, status: 'True'}]}";
        assertThat(assess("serving.knative.dev/v1", "Service", body)).contains(healthy(""));
        assertThat(assess("v1", "Service", body).orElseThrow()).isNotEqualTo(healthy(""));
    }
}

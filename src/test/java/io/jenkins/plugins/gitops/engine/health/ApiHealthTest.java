package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.assess;
import static io.jenkins.plugins.gitops.engine.model.Health.degraded;
import static io.jenkins.plugins.gitops.engine.model.Health.healthy;
import static io.jenkins.plugins.gitops.engine.model.Health.progressing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS 9: APIService, CustomResourceDefinition: what adds kinds to the API. */
class ApiHealthTest {
    private static final Health NO_STATUS = progressing("no status yet: its controller has not looked at it");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void apiService(String rule, String body, Health expected) {
        assertThat(assess("apiregistration.k8s.io/v1", "APIService", body)).contains(expected);
    }

    static Stream<Arguments> apiService() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {}", NO_STATUS),
                arguments(
                        "Available True is Healthy",
                        "status: {conditions: [{type: Available, status: 'True', reason: Local}]}",
                        healthy("")),
                arguments(
                        "Available False is Progressing",
                        "status: {conditions: [{type: Available, status: 'False', reason: MissingEndpoints, message: no endpoints}]}",
                        progressing("MissingEndpoints: no endpoints")),
                arguments(
                        "no Available is Progressing",
                        "status: {conditions: [{type: Other, status: 'True'}]}",
                        progressing("not available yet")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void customResourceDefinition(String rule, String body, Health expected) {
        assertThat(assess("apiextensions.k8s.io/v1", "CustomResourceDefinition", body))
                .contains(expected);
    }

    static Stream<Arguments> customResourceDefinition() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {}", NO_STATUS),
                arguments(
                        "Established and NamesAccepted is Healthy",
                        "status: {conditions: [{type: NamesAccepted, status: 'True'}, {type: Established, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "names not accepted is Degraded, even when established",
                        "status: {conditions: [{type: NamesAccepted, status: 'False', reason: PluralConflict, message: '\"shops\" is already in use'}, {type: Established, status: 'True'}]}",
                        degraded("names not accepted: PluralConflict: \"shops\" is already in use")),
                arguments(
                        "accepted, not established is Progressing",
                        "status: {conditions: [{type: NamesAccepted, status: 'True'}, {type: Established, status: 'False', reason: Installing, message: the initial names have been accepted}]}",
                        progressing("Installing: the initial names have been accepted")),
                arguments(
                        "established without NamesAccepted is Progressing",
                        "status: {conditions: [{type: Established, status: 'True'}]}",
                        progressing("not established yet")),
                arguments(
                        "Established of an older generation counts as absent",
                        "metadata: {generation: 2}, status: {conditions: [{type: NamesAccepted, status: 'True'}, {type: Established, status: 'True', observedGeneration: 1}]}",
                        progressing("not established yet")));
    }
}

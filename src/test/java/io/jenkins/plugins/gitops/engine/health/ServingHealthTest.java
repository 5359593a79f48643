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

/** SEMANTICS 9: PersistentVolumeClaim, Service, Ingress, HorizontalPodAutoscaler, PodDisruptionBudget. */
class ServingHealthTest {
    private static final Health NO_STATUS = progressing("no status yet: its controller has not looked at it");
    private static final Health NO_ADDRESS = progressing("no address yet: status.loadBalancer.ingress is empty");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void persistentVolumeClaim(String rule, String body, Health expected) {
        assertThat(assess("v1", "PersistentVolumeClaim", body)).contains(expected);
    }

    static Stream<Arguments> persistentVolumeClaim() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {}", NO_STATUS),
                arguments("Bound is Healthy", "status: {phase: Bound}", healthy("")),
                arguments(
                        "Pending is Progressing",
                        "spec: {storageClassName: fast}, status: {phase: Pending}",
                        progressing("no volume bound yet, storage class fast")),
                arguments(
                        "Pending without a class is Progressing",
                        "status: {phase: Pending}",
                        progressing("no volume bound yet, no storage class")),
                arguments(
                        "Lost is Degraded",
                        "spec: {volumeName: pv-7}, status: {phase: Lost}",
                        degraded("its volume pv-7 is lost")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void service(String rule, String body, Health expected) {
        assertThat(assess("v1", "Service", body)).contains(expected);
    }

    static Stream<Arguments> service() {
        return Stream.of(
                arguments(
                        "a load balancer with an address is Healthy",
                        "spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: [{ip: 10.0.0.1}]}}",
                        healthy("")),
                arguments(
                        "a load balancer with an empty list is Progressing",
                        "spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: []}}",
                        NO_ADDRESS),
                arguments(
                        "a load balancer without an address is Progressing",
                        "spec: {type: LoadBalancer}, status: {loadBalancer: {}}",
                        NO_ADDRESS),
                arguments("a load balancer without status is Progressing", "spec: {type: LoadBalancer}", NO_ADDRESS),
                arguments(
                        "any other type is Healthy", "spec: {type: NodePort}, status: {loadBalancer: {}}", healthy("")),
                arguments("no type is Healthy", "spec: {}", healthy("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ingress(String rule, String body, Health expected) {
        assertThat(assess("networking.k8s.io/v1", "Ingress", body)).contains(expected);
    }

    static Stream<Arguments> ingress() {
        return Stream.of(
                arguments(
                        "with an address is Healthy",
                        "status: {loadBalancer: {ingress: [{hostname: lb.example}]}}",
                        healthy("")),
                arguments("without an address is Progressing", "status: {loadBalancer: {}}", NO_ADDRESS),
                arguments("without status is Progressing", "spec: {}", NO_ADDRESS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void horizontalPodAutoscaler(String rule, String body, Health expected) {
        assertThat(assess("autoscaling/v2", "HorizontalPodAutoscaler", body)).contains(expected);
    }

    static Stream<Arguments> horizontalPodAutoscaler() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {}", NO_STATUS),
                arguments(
                        "FailedGetScale is Degraded",
                        "status: {conditions: [{type: AbleToScale, status: 'False', reason: FailedGetScale, message: no Deployment web}]}",
                        degraded("FailedGetScale: no Deployment web")),
                arguments(
                        "FailedUpdateScale is Degraded",
                        "status: {conditions: [{type: AbleToScale, status: 'False', reason: FailedUpdateScale}]}",
                        degraded("FailedUpdateScale")),
                arguments(
                        "another reason of AbleToScale False is Progressing",
                        "status: {conditions: [{type: AbleToScale, status: 'False', reason: BackoffBoth}]}",
                        progressing("its controller has not yet said whether it can scale")),
                arguments(
                        "FailedGet*Metric is Degraded, able or not",
                        "status: {conditions: [{type: AbleToScale, status: 'True'}, {type: ScalingActive, status: 'False', reason: FailedGetResourceMetric, message: no metrics}]}",
                        degraded("FailedGetResourceMetric: no metrics")),
                arguments(
                        "FailedComputeMetricsReplicas is Degraded",
                        "status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedComputeMetricsReplicas}]}",
                        degraded("FailedComputeMetricsReplicas")),
                arguments(
                        "InvalidSelector is Degraded",
                        "status: {conditions: [{type: ScalingActive, status: 'False', reason: InvalidSelector}]}",
                        degraded("InvalidSelector")),
                arguments(
                        "ScalingActive False with another reason is not",
                        "status: {conditions: [{type: AbleToScale, status: 'True', reason: SucceededGetScale}, {type: ScalingActive, status: 'False', reason: ScalingDisabled}]}",
                        healthy("SucceededGetScale")),
                arguments(
                        "AbleToScale True is Healthy",
                        "status: {conditions: [{type: AbleToScale, status: 'True', reason: ReadyForNewScale, message: recommended size matches}]}",
                        healthy("ReadyForNewScale: recommended size matches")),
                arguments(
                        "ScalingLimited True is Healthy",
                        "status: {conditions: [{type: ScalingLimited, status: 'True', reason: TooFewReplicas}]}",
                        healthy("TooFewReplicas")),
                arguments(
                        "of autoscaling/v1 the annotation has the conditions",
                        "metadata: {annotations: {autoscaling.alpha.kubernetes.io/conditions: '[{\"type\":\"AbleToScale\",\"status\":\"False\",\"reason\":\"FailedGetScale\"}]'}}, status: {currentReplicas: 1}",
                        degraded("FailedGetScale")),
                arguments(
                        "no condition is Progressing",
                        "status: {currentReplicas: 1}",
                        progressing("its controller has not yet said whether it can scale")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void podDisruptionBudget(String rule, String body, Health expected) {
        assertThat(assess("policy/v1", "PodDisruptionBudget", body)).contains(expected);
    }

    static Stream<Arguments> podDisruptionBudget() {
        return Stream.of(
                arguments("no status is Progressing", "spec: {}", NO_STATUS),
                arguments(
                        "a stale generation is Progressing",
                        "metadata: {generation: 3}, status: {observedGeneration: 2, currentHealthy: 1, desiredHealthy: 1}",
                        progressing(
                                "its controller has not looked at generation 3 yet: the status is of generation 2")),
                arguments("desired met is Healthy", "status: {currentHealthy: 2, desiredHealthy: 2}", healthy("")),
                arguments(
                        "desired not met is Progressing",
                        "status: {currentHealthy: 1, desiredHealthy: 2}",
                        progressing("1 of 2 pods healthy, of those that the budget needs")));
    }
}

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

/** SEMANTICS 9: Pod. The clock says 12:00:00. */
class PodHealthTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void runsForEver(String rule, String body, Health expected) {
        assertThat(assess("v1", "Pod", body)).contains(expected);
    }

    static Stream<Arguments> runsForEver() {
        return Stream.of(
                arguments(
                        "no status is Progressing",
                        "spec: {}",
                        progressing("no status yet: its controller has not looked at it")),
                arguments(
                        "a waiting reason that ends BackOff is Degraded, with the last exit",
                        "status: {phase: Running, containerStatuses: [{name: side, ready: true}, {name: app, state: {waiting: {reason: CrashLoopBackOff, message: back-off 40s}}, lastState: {terminated: {exitCode: 1, reason: Error}}}]}",
                        degraded(
                                "container app: CrashLoopBackOff: back-off 40s; it last ended with exit code 1 (Error)")),
                arguments(
                        "a waiting reason that ends BackOff is Degraded while Pending",
                        "status: {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ImagePullBackOff}}}]}",
                        degraded("container app: ImagePullBackOff")),
                arguments(
                        "a waiting reason that starts Err is Degraded",
                        "status: {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ErrImageNeverPull}}}]}",
                        degraded("container app: ErrImageNeverPull")),
                arguments(
                        "a waiting reason that ends Error is Degraded",
                        "status: {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: CreateContainerConfigError, message: secret db not found}}}]}",
                        degraded("container app: CreateContainerConfigError: secret db not found")),
                arguments(
                        "an init container counts too",
                        "status: {phase: Pending, initContainerStatuses: [{name: wait, state: {waiting: {reason: CrashLoopBackOff}}}], containerStatuses: [{name: app, state: {waiting: {reason: PodInitializing}}}]}",
                        degraded("container wait: CrashLoopBackOff")),
                arguments(
                        "Running and Ready is Healthy",
                        "status: {phase: Running, conditions: [{type: Ready, status: 'True'}], containerStatuses: [{name: app, ready: true, lastState: {terminated: {exitCode: 1}}}]}",
                        healthy("")),
                arguments(
                        "not ready with a terminated lastState is Degraded",
                        "status: {phase: Running, conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name: app, ready: false, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]}",
                        degraded("container app is not ready; it last ended with exit code 137 (OOMKilled)")),
                arguments(
                        "of several terminated before, the one that is not ready is the culprit",
                        "status: {phase: Running, containerStatuses: [{name: side, ready: true, lastState: {terminated: {exitCode: 0}}}, {name: app, ready: false, lastState: {terminated: {exitCode: 2}}}]}",
                        degraded("container app is not ready; it last ended with exit code 2")),
                arguments(
                        "not ready where only a ready container was restarted is Degraded",
                        "status: {phase: Running, containerStatuses: [{name: app, ready: false}, {name: side, ready: true, lastState: {terminated: {exitCode: 3}}}]}",
                        degraded("container side was restarted; it last ended with exit code 3")),
                arguments(
                        "an init container that failed before it succeeded is no reason",
                        "status: {phase: Running, initContainerStatuses: [{name: wait, ready: true, state: {terminated: {exitCode: 0}}, lastState: {terminated: {exitCode: 1}}}], containerStatuses: [{name: app, ready: false, state: {running: {}}}]}",
                        progressing("running, not ready yet")),
                arguments(
                        "a sidecar that was restarted is one",
                        "status: {phase: Running, initContainerStatuses: [{name: proxy, ready: false, state: {running: {}}, lastState: {terminated: {exitCode: 1}}}], containerStatuses: [{name: app, ready: true, state: {running: {}}}]}",
                        degraded("container proxy is not ready; it last ended with exit code 1")),
                arguments(
                        "Running, not yet Ready is Progressing",
                        "status: {phase: Running, conditions: [{type: Ready, status: 'False', reason: ContainersNotReady, message: 'containers with unready status: [app]'}]}",
                        progressing("ContainersNotReady: containers with unready status: [app]")),
                arguments(
                        "Running without a Ready condition is Progressing",
                        "status: {phase: Running}",
                        progressing("running, not ready yet")),
                arguments(
                        "Ready of an older generation counts as absent",
                        "metadata: {generation: 2}, status: {phase: Running, conditions: [{type: Ready, status: 'True', observedGeneration: 1}]}",
                        progressing("running, not ready yet")),
                arguments(
                        "Pending is Progressing and names what it waits for",
                        "status: {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ContainerCreating}}}]}",
                        progressing("container app: ContainerCreating")),
                arguments(
                        "Pending names the container that waits, not the one before it",
                        "status: {phase: Pending, initContainerStatuses: [{name: copy, state: {terminated: {exitCode: 0}}}], containerStatuses: [{name: app, state: {waiting: {reason: PodInitializing}}}]}",
                        progressing("container app: PodInitializing")),
                arguments(
                        "Pending, unschedulable since an unreadable time, says why",
                        "status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime: yesterday}]}",
                        progressing("cannot be scheduled: Unschedulable")),
                arguments(
                        "Pending without containers is Progressing",
                        "status: {phase: Pending}",
                        progressing("pending")),
                arguments(
                        "Pending, unschedulable for more than 15 s, says why",
                        "status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/3 nodes are available, lastTransitionTime: '2026-01-01T11:59:44Z'}]}",
                        progressing("cannot be scheduled: 0/3 nodes are available")),
                arguments(
                        "Pending, unschedulable for 15 s, is only pending",
                        "status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/3 nodes are available, lastTransitionTime: '2026-01-01T11:59:45Z'}]}",
                        progressing("pending")),
                arguments(
                        "Pending, unschedulable since an unknown time, says why",
                        "status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable}]}",
                        progressing("cannot be scheduled: Unschedulable")),
                arguments(
                        "Pending behind a scheduling gate is not unschedulable",
                        "status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated, message: gated}]}",
                        progressing("pending")),
                arguments("Succeeded is Healthy", "status: {phase: Succeeded}", healthy("")),
                arguments(
                        "Failed is Degraded, with the reason of the eviction",
                        "status: {phase: Failed, reason: Evicted, message: The node was low on memory.}",
                        degraded("Evicted: The node was low on memory.")),
                arguments(
                        "Failed is Degraded, with the container that failed",
                        "status: {phase: Failed, containerStatuses: [{name: side, state: {terminated: {exitCode: 0}}}, {name: app, state: {terminated: {exitCode: 2, reason: Error, message: no such host}}}]}",
                        degraded("container app ended with exit code 2 (Error): no such host")),
                arguments("Failed without a word is Degraded", "status: {phase: Failed}", degraded("failed")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void runsToItsEnd(String rule, String body, Health expected) {
        assertThat(assess("v1", "Pod", body)).contains(expected);
    }

    static Stream<Arguments> runsToItsEnd() {
        return Stream.of(
                arguments(
                        "Never: Running is Progressing, ready or not",
                        "spec: {restartPolicy: Never}, status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}",
                        progressing("running, to its end")),
                arguments(
                        "OnFailure: Running is Progressing, whatever a container waits for",
                        "spec: {restartPolicy: OnFailure}, status: {phase: Running, containerStatuses: [{name: app, state: {waiting: {reason: CrashLoopBackOff}}}]}",
                        progressing("running, to its end")),
                arguments(
                        "Never: Pending is Progressing",
                        "spec: {restartPolicy: Never}, status: {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ErrImagePull}}}]}",
                        progressing("container app: ErrImagePull")),
                arguments(
                        "Never: Succeeded is Healthy",
                        "spec: {restartPolicy: Never}, status: {phase: Succeeded}",
                        healthy("")),
                arguments(
                        "OnFailure: Failed is Degraded",
                        "spec: {restartPolicy: OnFailure}, status: {phase: Failed, message: deadline}",
                        degraded("deadline")));
    }
}

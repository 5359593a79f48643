package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One entry of a pod's {@code initContainerStatuses} or {@code containerStatuses}. */
record Container(JsonNode status) {
    /** In the order in which they start. */
    static Stream<Container> of(LiveObject pod) {
        return Stream.of("initContainerStatuses", "containerStatuses")
                .flatMap(list -> StreamSupport.stream(pod.status().path(list).spliterator(), false))
                .map(Container::new);
    }

    /** Those that are to run as long as the pod does: not the init containers that have ended. */
    static Stream<Container> serving(LiveObject pod) {
        return of(pod).filter(container -> !container.hasEnded() || !container.isInit(pod));
    }

    private boolean isInit(LiveObject pod) {
        return StreamSupport.stream(pod.status().path("initContainerStatuses").spliterator(), false)
                .anyMatch(init -> init == status);
    }

    private boolean hasEnded() {
        return status.path("state").has("terminated");
    }

    /** Empty when it is not waiting. */
    String waitingReason() {
        return status.path("state").path("waiting").path("reason").asText();
    }

    /** Whether it waits because something went wrong, not because it is being set up. */
    boolean waitsInVain() {
        String reason = waitingReason();
        return reason.startsWith("Err") || reason.endsWith("Error") || reason.endsWith("BackOff");
    }

    boolean isReady() {
        return status.path("ready").asBoolean();
    }

    boolean hasTerminatedBefore() {
        return status.path("lastState").has("terminated");
    }

    boolean hasFailed() {
        JsonNode terminated = status.path("state").path("terminated");
        return !terminated.isMissingNode() && terminated.path("exitCode").asInt() != 0;
    }

    /** {@code container app: CrashLoopBackOff: back-off 40s …; it last ended with exit code 1 (Error)}. */
    String saysWhyItWaits() {
        String message = status.path("state").path("waiting").path("message").asText();
        String waits = name() + ": " + waitingReason() + (message.isEmpty() ? "" : ": " + message);
        return hasTerminatedBefore() ? waits + "; it last ended with " + end("lastState") : waits;
    }

    /** {@code container app is not ready; it last ended with exit code 137 (OOMKilled)}. */
    String saysHowItEndedBefore() {
        return name() + (isReady() ? " was restarted" : " is not ready") + "; it last ended with " + end("lastState");
    }

    /** {@code container app ended with exit code 2 (Error)}. */
    String saysHowItEnded() {
        return name() + " ended with " + end("state");
    }

    private String name() {
        return "container " + status.path("name").asText();
    }

    private String end(String state) {
        JsonNode terminated = status.path(state).path("terminated");
        String reason = terminated.path("reason").asText();
        String message = terminated.path("message").asText().strip();
        return "exit code " + terminated.path("exitCode").asInt() + (reason.isEmpty() ? "" : " (" + reason + ")")
                + (message.isEmpty() ? "" : ": " + message);
    }
}

package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;

/** Pod: one that is to run for ever is well when it is ready, one that is to end when it has succeeded. */
final class PodHealth implements HealthRule {
    /** How long a scheduler may look for a node before it is worth a message. */
    private static final Duration SCHEDULING = Duration.ofSeconds(15);

    private final InstantSource clock;

    PodHealth(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Health assess(LiveObject pod) {
        boolean runsForEver = pod.spec().path("restartPolicy").asText("Always").equals("Always");
        Optional<Health> stuck = runsForEver ? stuck(pod) : Optional.empty();
        return stuck.orElseGet(() -> switch (pod.status().path("phase").asText()) {
            case "Succeeded" -> Health.healthy("");
            case "Failed" -> Health.degraded(failure(pod));
            case "Running" -> runsForEver ? running(pod) : Health.progressing("running, to its end");
            default -> Health.progressing(pending(pod));
        });
    }

    private static Optional<Health> stuck(LiveObject pod) {
        return Container.of(pod)
                .filter(Container::waitsInVain)
                .findFirst()
                .map(container -> Health.degraded(container.saysWhyItWaits()));
    }

    private static Health running(LiveObject pod) {
        Optional<Condition> ready = pod.condition("Ready");
        if (ready.filter(Condition::isTrue).isPresent()) {
            return Health.healthy("");
        }
        return Container.serving(pod)
                .filter(Container::hasTerminatedBefore)
                .min(Comparator.comparing(Container::isReady))
                .map(container -> Health.degraded(container.saysHowItEndedBefore()))
                .orElseGet(() -> Health.progressing(ready.map(Condition::says).orElse("running, not ready yet")));
    }

    private static String failure(LiveObject pod) {
        String said = said(pod);
        return !said.isEmpty()
                ? said
                : Container.of(pod)
                        .filter(Container::hasFailed)
                        .findFirst()
                        .map(Container::saysHowItEnded)
                        .orElse("failed");
    }

    private String pending(LiveObject pod) {
        return pod.condition("PodScheduled")
                .filter(c -> c.isFalse() && c.reason().equals("Unschedulable") && isOverdue(c))
                .map(c -> "cannot be scheduled: " + (c.message().isEmpty() ? c.reason() : c.message()))
                .or(() -> Container.of(pod)
                        .filter(container -> !container.waitingReason().isEmpty())
                        .findFirst()
                        .map(Container::saysWhyItWaits))
                .orElse("pending");
    }

    private boolean isOverdue(Condition unschedulable) {
        return unschedulable
                .since()
                .map(since -> since.plus(SCHEDULING).isBefore(clock.instant()))
                .orElse(true);
    }

    private static String said(LiveObject pod) {
        String reason = pod.status().path("reason").asText();
        String message = pod.status().path("message").asText();
        return reason + (reason.isEmpty() || message.isEmpty() ? "" : ": ") + message;
    }
}

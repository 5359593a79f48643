package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.List;
import java.util.Optional;

/**
 * Kinds without a rule of their own, by the conditions that the Kubernetes API conventions and kstatus give a meaning.
 *
 * <p>Bad news is read before good news: an operator may well be Available and Degraded at the same time.
 */
final class GenericHealth {
    /** The object is finished when one of these is True, whatever the others say: it need not be ready any more. */
    private static final List<String> FINISHED = List.of("Succeeded", "Complete");

    /** The first of these that the object has decides. */
    private static final List<String> DECISIVE = List.of("Ready", "Available", "Succeeded", "Complete");

    private final PhaseHealth phase = new PhaseHealth();

    /** Empty when neither the status nor a condition says anything. */
    Optional<Health> assess(LiveObject live) {
        if (!live.hasStatus()) {
            return Optional.empty();
        }
        if (live.isKnownToBeStale()) {
            return Optional.of(live.stale());
        }
        return live.whenTrue("Stalled")
                .map(c -> Health.degraded(c.says()))
                .or(() -> live.whenTrue("Reconciling").map(c -> Health.progressing(c.says())))
                .or(() -> live.whenTrue("Failed")
                        .or(() -> live.whenTrue("Degraded"))
                        .map(c -> Health.degraded(c.says())))
                .or(() -> finished(live))
                .or(() -> decisive(live).map(GenericHealth::of))
                .or(() -> outdated(live))
                .or(() -> phase.assess(live));
    }

    private static Optional<Health> finished(LiveObject live) {
        return FINISHED.stream().anyMatch(live::conditionIsTrue) ? Optional.of(Health.healthy("")) : Optional.empty();
    }

    private static Optional<Condition> decisive(LiveObject live) {
        return DECISIVE.stream().flatMap(type -> live.condition(type).stream()).findFirst();
    }

    private static Health of(Condition condition) {
        if (condition.isTrue()) {
            return Health.healthy("");
        }
        return condition.isTerminal() ? Health.degraded(condition.says()) : Health.progressing(condition.says());
    }

    /** Conditions of an older generation count as absent, but they show that a controller still has to speak. */
    private static Optional<Health> outdated(LiveObject live) {
        return live.hasStaleCondition()
                ? Optional.of(Health.progressing("its conditions are of an older generation than " + live.generation()))
                : Optional.empty();
    }
}

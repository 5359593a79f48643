package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.heal.HealDecision;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** When a watched application may be healed as a whole: when none of its objects must wait, and none is fought for. */
final class HealBackoff {
    private HealHistory history = HealHistory.EMPTY;

    /** To be told of every comparison, so that a field that stayed as Git says is no returning one. */
    void seen(DriftReport drift, Instant now) {
        history = history.seen(drift, now);
    }

    /** The earliest time to heal; empty when it is a fight. */
    Optional<Instant> next(DriftReport drift, Instant now) {
        HealDecision decision = history.decide(drift, now);
        return decision.fights().isEmpty()
                ? Optional.of(decision.later().values().stream()
                        .max(Instant::compareTo)
                        .orElse(now))
                : Optional.empty();
    }

    void healed(DriftReport drift, Instant now) {
        history = history.healed(
                drift, drift.objects().stream().map(ObjectDrift::key).collect(Collectors.toSet()), now);
    }

    /** Which fields are fought for, and who the others are. */
    String fight(DriftReport drift) {
        return history.decide(drift, Instant.MAX).fights().stream()
                .map(HealDecision.Fight::message)
                .collect(Collectors.joining("\n"));
    }
}

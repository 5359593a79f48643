package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** APIService: well when the aggregated server behind it answers. */
final class ApiServiceHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.conditionIsTrue("Available")) {
            return Health.healthy("");
        }
        return Health.progressing(
                live.condition("Available").map(Condition::says).orElse("not available yet"));
    }
}

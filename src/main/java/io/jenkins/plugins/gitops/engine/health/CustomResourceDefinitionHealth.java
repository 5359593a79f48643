package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** CustomResourceDefinition: well when the API server serves its kind. */
final class CustomResourceDefinitionHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        return live.condition("NamesAccepted")
                .filter(Condition::isFalse)
                .map(c -> Health.degraded("names not accepted: " + c.says()))
                .orElseGet(() -> served(live));
    }

    private static Health served(LiveObject live) {
        boolean served = live.conditionIsTrue("NamesAccepted") && live.conditionIsTrue("Established");
        return served
                ? Health.healthy("")
                : Health.progressing(live.condition("Established")
                        .filter(c -> !c.isTrue())
                        .map(Condition::says)
                        .orElse("not established yet"));
    }
}

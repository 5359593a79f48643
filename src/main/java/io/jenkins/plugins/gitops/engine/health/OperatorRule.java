package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.health.CelExpressions.Expression;
import io.jenkins.plugins.gitops.engine.health.CelExpressions.FailedExpression;
import io.jenkins.plugins.gitops.engine.health.KindRule.Otherwise;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A compiled {@link KindRule}. */
final class OperatorRule {
    private final KindRule rule;
    private final List<State> first;
    private final List<State> states;
    private final GenericHealth generic;

    /** @param cel compiles the text of an expression */
    OperatorRule(KindRule rule, Function<String, Expression> cel, GenericHealth generic) {
        this.rule = rule;
        this.generic = generic;
        this.first = compile(rule.first(), cel);
        this.states = compile(rule.states(), cel);
    }

    private static List<State> compile(List<KindRule.State> texts, Function<String, Expression> cel) {
        List<State> states = new ArrayList<>();
        for (KindRule.State state : texts) {
            Optional<Expression> message =
                    Optional.of(state.message()).filter(text -> !text.isEmpty()).map(cel);
            states.add(new State(state.status(), cel.apply(state.when()), message));
        }
        return states;
    }

    private record State(HealthStatus status, Expression when, Optional<Expression> message) {}

    /** Empty when the rule says that the object has no health. */
    Optional<Health> assess(LiveObject live) {
        boolean hasStatus = live.hasStatus();
        live.conditions();
        try {
            Map<String, Object> variables = Map.of("obj", CelValues.current(live));
            Optional<Health> decided = decide(first, variables);
            if (decided.isPresent()) {
                return decided;
            }
            if (!hasStatus) {
                return rule.withoutStatus()
                        .map(status -> status == HealthStatus.Healthy ? Health.healthy("") : live.withoutStatus());
            }
            if (live.isKnownToBeStale()) {
                return Optional.of(live.stale());
            }
            decided = decide(states, variables);
            return decided.isPresent() ? decided : otherwise(live);
        } catch (FailedExpression e) {
            return Optional.of(
                    new Health(HealthStatus.Unknown, "its status is not as its kind documents it: " + e.getMessage()));
        }
    }

    private static Optional<Health> decide(List<State> states, Map<String, Object> variables) throws FailedExpression {
        for (State state : states) {
            if (Boolean.TRUE.equals(state.when().evaluate(variables))) {
                String message = state.message().isPresent()
                        ? state.message().get().evaluate(variables).toString()
                        : "";
                boolean silent = message.isBlank() && state.status() != HealthStatus.Healthy;
                return Optional.of(new Health(state.status(), silent ? "its status gives no reason" : message));
            }
        }
        return Optional.empty();
    }

    private Optional<Health> otherwise(LiveObject live) {
        return switch (rule.otherwise()) {
            case Otherwise.NoHealth none -> Optional.empty();
            case Otherwise.Fixed(HealthStatus status) ->
                Optional.of(new Health(
                        status, status == HealthStatus.Healthy ? "" : "its status does not say that it is healthy"));
            case Otherwise.Generic all ->
                generic.assess(live)
                        .or(() -> Optional.of(Health.progressing("its status does not say yet that it is healthy")));
        };
    }
}

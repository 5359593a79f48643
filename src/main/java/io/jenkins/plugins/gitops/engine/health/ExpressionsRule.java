package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.health.CelExpressions.Expression;
import io.jenkins.plugins.gitops.engine.health.CelExpressions.FailedExpression;
import io.jenkins.plugins.gitops.engine.health.CelExpressions.InvalidExpression;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Three expressions with Flux's meaning of {@code healthCheckExprs} (its RFC-0009). */
final class ExpressionsRule implements HealthRule {
    private final List<Question> questions = new ArrayList<>();
    private final GenericHealth generic;

    private record Question(String name, HealthStatus status, Expression expression) {}

    /** @throws InvalidInputException when an expression is not CEL */
    ExpressionsRule(HealthCheck.Expressions check, CelExpressions cel, GenericHealth generic) {
        this.generic = generic;
        add(check, "inProgress", HealthStatus.Progressing, check.inProgress(), cel);
        add(check, "failed", HealthStatus.Degraded, check.failed(), cel);
        add(check, "current", HealthStatus.Healthy, check.current(), cel);
    }

    private void add(HealthCheck.Expressions check, String name, HealthStatus status, String text, CelExpressions cel) {
        if (text.isEmpty()) {
            return;
        }
        try {
            questions.add(new Question(name, status, cel.parse(text)));
        } catch (InvalidExpression e) {
            throw new InvalidInputException(
                    "health rule of " + check.kind() + " (" + check.apiVersion() + "), " + name,
                    "is no CEL expression: " + e.getMessage());
        }
    }

    @Override
    public Health assess(LiveObject live) {
        boolean hasStatus = live.hasStatus();
        boolean generations = live.metadata().has("generation") && live.status().has("observedGeneration");
        if (generations && live.observedGeneration() != live.generation()) {
            return live.stale();
        }
        Map<String, Object> fields = CelValues.all(live);
        for (Question question : questions) {
            try {
                Object answer = question.expression().evaluate(fields);
                if (!(answer instanceof Boolean)) {
                    return unknown(question, "gives no boolean but " + answer);
                }
                if (Boolean.TRUE.equals(answer)) {
                    return health(question, live);
                }
            } catch (FailedExpression e) {
                return hasStatus ? unknown(question, e.getMessage()) : live.withoutStatus();
            }
        }
        return Health.progressing("none of its rule's expressions holds" + said(live));
    }

    private Health health(Question question, LiveObject live) {
        return question.status() == HealthStatus.Healthy
                ? Health.healthy("")
                : new Health(question.status(), "its rule's expression " + question.name() + " holds" + said(live));
    }

    private static Health unknown(Question question, String why) {
        return new Health(HealthStatus.Unknown, "its rule's expression " + question.name() + " " + why);
    }

    /** What the conditions say beside, for a person. */
    private String said(LiveObject live) {
        return generic.assess(live)
                .map(Health::message)
                .filter(message -> !message.isEmpty())
                .map(message -> "; " + message)
                .orElse("");
    }
}

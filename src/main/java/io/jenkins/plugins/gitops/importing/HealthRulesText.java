package io.jenkins.plugins.gitops.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.HealthCheck.Expressions;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.util.List;

/** An application's own health rules as the form of an item holds them: a text that the engine reads. */
final class HealthRulesText {
    private HealthRulesText() {}

    /** Those of the rules that the text can hold. */
    static List<HealthCheck> held(List<HealthCheck> checks) {
        return checks.stream().filter(Expressions.class::isInstance).toList();
    }

    /** Flux's {@code healthCheckExprs}; empty when there are none. */
    static String of(List<HealthCheck> checks) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("healthCheckExprs");
        for (HealthCheck check : checks) {
            if (check instanceof Expressions rule) {
                ObjectNode entry =
                        list.addObject().put("apiVersion", rule.apiVersion()).put("kind", rule.kind());
                put(entry, "inProgress", rule.inProgress());
                put(entry, "failed", rule.failed());
                put(entry, "current", rule.current());
            }
        }
        return list.isEmpty() ? "" : ManifestYaml.write(document);
    }

    private static void put(ObjectNode entry, String field, String expression) {
        if (!expression.isEmpty()) {
            entry.put(field, expression);
        }
    }
}

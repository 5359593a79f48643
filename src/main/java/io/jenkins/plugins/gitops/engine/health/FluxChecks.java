package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the entries of Flux's {@code healthCheckExprs}. */
final class FluxChecks {
    private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "inProgress", "failed", "current");

    private FluxChecks() {}

    static List<HealthCheck> read(YamlDocument document, String list) {
        List<HealthCheck> checks = new ArrayList<>();
        for (int i = 0; i < document.content().at(list).size(); i++) {
            checks.add(one(document, list + "/" + i));
        }
        return checks;
    }

    static HealthCheck one(YamlDocument document, String at) {
        JsonNode entry = document.content().at(at);
        entry.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field) || !entry.path(field).isTextual()) {
                throw problem(document, at + "/" + field, field + " is no text field of a healthCheckExprs entry");
            }
        });
        for (String field : List.of("apiVersion", "kind", "current")) {
            if (entry.path(field).asText().isEmpty()) {
                throw problem(document, at, field + " is missing");
            }
        }
        return new HealthCheck.Expressions(
                entry.path("apiVersion").asText(),
                entry.path("kind").asText(),
                entry.path("inProgress").asText(),
                entry.path("failed").asText(),
                entry.path("current").asText());
    }

    private static InvalidInputException problem(YamlDocument document, String at, String what) {
        return new InvalidInputException(List.of(document.problem(at, what)));
    }
}

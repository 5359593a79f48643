package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A live object as the rules read it. What is absent reads as a missing node, as 0, false or an empty text, never as null;
 * what is there in another type than Kubernetes gives it throws {@link UnreadableField}, for nothing follows from it.
 */
record LiveObject(ObjectNode content) {
    GroupKind groupKind() {
        return new GroupKind(
                GroupKind.groupOf(content.path("apiVersion").asText()),
                content.path("kind").asText());
    }

    JsonNode metadata() {
        return content.path("metadata");
    }

    JsonNode spec() {
        return content.path("spec");
    }

    JsonNode status() {
        return content.path("status");
    }

    /** An empty status says as little as none: the API server defaults some kinds' status to an empty map. */
    boolean hasStatus() {
        JsonNode status = status();
        if (!status.isObject() && !status.isNull() && !status.isMissingNode()) {
            throw new UnreadableField("status", status, "a mapping");
        }
        return !status.isEmpty();
    }

    long generation() {
        return whole("metadata.generation", metadata().path("generation"), 0);
    }

    /** The generation that the kind's controller has acted on; 0 before it has seen the object. */
    long observedGeneration() {
        return whole("status.observedGeneration", status().path("observedGeneration"), 0);
    }

    /** Whether the status describes an older spec than the object has now. */
    boolean isStale() {
        return observedGeneration() < generation();
    }

    /** The same for kinds that need not have an observedGeneration; some write a text there that is no generation. */
    boolean isKnownToBeStale() {
        return status().path("observedGeneration").isIntegralNumber() && isStale();
    }

    Health stale() {
        return Health.progressing("its controller has not looked at generation " + generation()
                + " yet: the status is of generation " + observedGeneration());
    }

    Health withoutStatus() {
        return Health.progressing("no status yet: its controller has not looked at it");
    }

    /** A number of the status; the API server leaves out those that are 0. */
    long count(String field) {
        return whole("status." + field, status().path(field), 0);
    }

    /** {@code spec.replicas}, which the API server defaults to 1. */
    long replicas() {
        return whole("spec.replicas", spec().path("replicas"), 1);
    }

    /** A boolean of the spec. */
    boolean isSet(String field) {
        JsonNode value = spec().path(field);
        if (!value.isBoolean() && !value.isMissingNode() && !value.isNull()) {
            throw new UnreadableField("spec." + field, value, "true or false");
        }
        return value.booleanValue();
    }

    static long whole(String path, JsonNode value, long otherwise) {
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || !value.canConvertToLong()) {
            throw new UnreadableField(path, value, "a whole number");
        }
        return value.longValue();
    }

    Optional<Instant> statusTime(String field) {
        return Condition.time(status().path(field).asText());
    }

    /** A condition of the current generation; one with a stale observedGeneration counts as absent (SEMANTICS 12). */
    Optional<Condition> condition(String type) {
        return conditions().stream().filter(c -> c.type().equals(type)).findFirst();
    }

    Optional<Condition> whenTrue(String type) {
        return condition(type).filter(Condition::isTrue);
    }

    boolean conditionIsTrue(String type) {
        return whenTrue(type).isPresent();
    }

    List<Condition> conditions() {
        List<Condition> current = new ArrayList<>();
        for (JsonNode node : conditionNodes()) {
            if (!isStale(node)) {
                current.add(Condition.of(node));
            }
        }
        return current;
    }

    boolean hasStaleCondition() {
        for (JsonNode node : conditionNodes()) {
            if (isStale(node)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode conditionNodes() {
        JsonNode conditions = status().path("conditions");
        if (!conditions.isArray() && !conditions.isMissingNode() && !conditions.isNull()) {
            throw new UnreadableField("status.conditions", conditions, "a list");
        }
        for (JsonNode condition : conditions) {
            if (!condition.isObject()) {
                throw new UnreadableField("an entry of status.conditions", condition, "a mapping");
            }
        }
        return conditions;
    }

    private boolean isStale(JsonNode condition) {
        return Condition.isOlder(condition, generation());
    }
}

package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A live object as the rules read it. What is absent reads as a missing node, never as null. */
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
        return !status().isEmpty();
    }

    long generation() {
        return metadata().path("generation").asLong();
    }

    /** The generation that the kind's controller has acted on; 0 before it has seen the object. */
    long observedGeneration() {
        return status().path("observedGeneration").asLong();
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
    int count(String field) {
        return status().path(field).asInt();
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
        for (JsonNode node : status().path("conditions")) {
            if (!isStale(node)) {
                current.add(Condition.of(node));
            }
        }
        return current;
    }

    boolean hasStaleCondition() {
        for (JsonNode node : status().path("conditions")) {
            if (isStale(node)) {
                return true;
            }
        }
        return false;
    }

    private boolean isStale(JsonNode condition) {
        return Condition.isOlder(condition, generation());
    }
}

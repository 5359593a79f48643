package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of {@code status.conditions}. Texts that the object does not give are empty.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param since {@code lastTransitionTime}, when it is given and readable
 */
record Condition(String type, String status, String reason, String message, Optional<Instant> since) {
    static Condition of(JsonNode node) {
        return new Condition(
                node.path("type").asText(),
                node.path("status").asText(),
                node.path("reason").asText(),
                node.path("message").asText(),
                time(node.path("lastTransitionTime").asText()));
    }

    boolean isTrue() {
        return status.equals("True");
    }

    boolean isFalse() {
        return status.equals("False");
    }

    /** What the controller says, for a person: {@code Reason: message}, or whichever of the two there is. */
    String says() {
        if (reason.isEmpty() || message.isEmpty()) {
            String said = reason + message;
            return said.isEmpty() ? type + " is " + status : said;
        }
        return reason + ": " + message;
    }

    /** Empty when there is no readable RFC 3339 time. */
    static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

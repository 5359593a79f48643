package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of {@code status.conditions}. Texts that the object does not give are empty.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param since {@code lastTransitionTime}, when it is given and readable
 */
record Condition(String type, String status, String reason, String message, Optional<Instant> since) {
    /** {@code NotFound} is none of them: what is awaited may still come. */
    private static final Pattern TERMINAL =
            Pattern.compile("Fail|Error|Invalid|Denied|Forbidden|Rejected|Unsupported|Exceeded|Terminal");

    static Condition of(JsonNode node) {
        return new Condition(
                node.path("type").asText(),
                node.path("status").asText(),
                node.path("reason").asText(),
                node.path("message").asText(),
                time(node.path("lastTransitionTime").asText()));
    }

    static Condition absent(String type) {
        return new Condition(type, "", "", "", Optional.empty());
    }

    /** Whether the entry of a conditions list says that it was written for an older spec than that of {@code generation}. */
    static boolean isOlder(JsonNode condition, long generation) {
        return condition.has("observedGeneration")
                && condition.path("observedGeneration").asLong() < generation;
    }

    boolean isTrue() {
        return status.equalsIgnoreCase("true");
    }

    boolean isFalse() {
        return status.equalsIgnoreCase("false");
    }

    /** Whether it is False for a reason after which waiting does not help. */
    boolean isTerminal() {
        return isFalse() && TERMINAL.matcher(reason).find();
    }

    /** What the controller says, for a person: {@code Reason: message}, or whichever of the two there is. */
    String says() {
        if (reason.isEmpty() || message.isEmpty()) {
            String said = reason + message;
            return said.isEmpty() ? type + " is " + (status.isEmpty() ? "not set" : status) : said;
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

package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Custom resources that have no telling condition but a word for their state, {@code status.phase} or {@code status.state}.
 * A word that is in no list below says nothing. Kinds of Kubernetes itself are left alone: their phases are documented, and
 * none of those without a rule tells health.
 */
final class PhaseHealth {
    private static final List<String> FIELDS = List.of("phase", "state");
    private static final Set<String> WELL = Set.of(
            "active",
            "available",
            "bound",
            "complete",
            "completed",
            "deployed",
            "done",
            "finished",
            "healthy",
            "ok",
            "online",
            "provisioned",
            "ready",
            "reconciled",
            "running",
            "succeeded",
            "success",
            "successful",
            "synced");
    private static final Set<String> STOPPED = Set.of("paused", "suspended", "stopped", "hibernated");
    private static final Pattern ILL =
            Pattern.compile("fail|error|degraded|unhealthy|invalid|crash|rejected|stalled|broken");
    private static final Pattern UNDER_WAY =
            Pattern.compile(".*ing|pending|queued|notready|unavailable|inprogress|initialized|new");

    Optional<Health> assess(LiveObject live) {
        String group = live.groupKind().group();
        if (!group.contains(".") || group.endsWith(".k8s.io")) {
            return Optional.empty();
        }
        return FIELDS.stream()
                .filter(field -> live.status().path(field).isTextual())
                .findFirst()
                .flatMap(field -> assess(field, live.status()));
    }

    private static Optional<Health> assess(String field, JsonNode status) {
        String value = status.path(field).textValue();
        String word = value.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        String said = "status." + field + " is " + value + reason(status);
        if (WELL.contains(word)) {
            return Optional.of(Health.healthy(""));
        }
        if (ILL.matcher(word).find()) {
            return Optional.of(Health.degraded(said));
        }
        if (STOPPED.contains(word)) {
            return Optional.of(Health.suspended(said));
        }
        return UNDER_WAY.matcher(word).matches() ? Optional.of(Health.progressing(said)) : Optional.empty();
    }

    private static String reason(JsonNode status) {
        String message = status.path("message").asText();
        String text = message.isEmpty() ? status.path("reason").asText() : message;
        return text.isEmpty() ? "" : ": " + text;
    }
}

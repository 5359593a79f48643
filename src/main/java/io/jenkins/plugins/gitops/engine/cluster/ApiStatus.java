package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The API server's answer to a request that it did not carry out (meta/v1 Status).
 *
 * @param code HTTP status; 0 when the server did not answer
 * @param reason such as {@code NotFound}, {@code Invalid}, {@code Forbidden}; may be empty
 * @param causes the fields that an invalid object was refused for, where the server names them
 * @param retryAfter how long the server asks to wait; zero when it does not say
 */
public record ApiStatus(int code, String reason, String message, List<Cause> causes, Duration retryAfter) {
    /**
     * One field that the server does not take.
     *
     * @param field such as {@code spec.ports[0].port}
     */
    public record Cause(String field, String message) {}

    public ApiStatus {
        causes = List.copyOf(causes);
    }

    /** One without causes. */
    public ApiStatus(int code, String reason, String message) {
        this(code, reason, message, List.of(), Duration.ZERO);
    }

    static ApiStatus of(int code, JsonNode body, String raw, Duration retryAfter) {
        String message = body.path("message").asText(raw.isBlank() ? "HTTP " + code : raw.strip());
        List<Cause> causes = new ArrayList<>();
        for (JsonNode cause : body.path("details").path("causes")) {
            causes.add(new Cause(
                    cause.path("field").asText(""), cause.path("message").asText("")));
        }
        return new ApiStatus(code, body.path("reason").asText(""), message, causes, retryAfter);
    }

    /** No answer at all. */
    public static ApiStatus none(String message) {
        return new ApiStatus(0, "", message);
    }

    public boolean notFound() {
        return code == 404;
    }

    /** The object itself is not what the server takes. */
    public boolean invalid() {
        return code == 422;
    }

    /** The server's authorizer said no, as opposed to an admission plugin, which answers 403 as well. */
    public boolean unauthorized() {
        return code == 403 && message.matches("(?s).*\\bcannot \\w+ resource\\b.*");
    }

    /** The same request may succeed later (SEMANTICS 7). */
    public boolean retryable() {
        boolean schemaError = code == 500 && message.contains("failed to create typed patch object");
        return code == 0 || code == 429 || code == 409 || (code >= 500 && !schemaError);
    }
}

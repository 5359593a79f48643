package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The API server's answer to a request that it did not carry out (meta/v1 Status).
 *
 * @param code HTTP status
 * @param reason such as {@code NotFound}, {@code Invalid}, {@code Forbidden}; may be empty
 */
public record ApiStatus(int code, String reason, String message) {
    static ApiStatus of(int code, JsonNode body, String raw) {
        String message = body.path("message").asText(raw.isBlank() ? "HTTP " + code : raw.strip());
        return new ApiStatus(code, body.path("reason").asText(""), message);
    }

    public boolean notFound() {
        return code == 404;
    }

    /** The server's authorizer said no, as opposed to an admission plugin, which answers 403 as well. */
    public boolean unauthorized() {
        return code == 403 && message.matches("(?s).*\\bcannot \\w+ resource\\b.*");
    }

    /** The same request may succeed later (SEMANTICS 7). */
    public boolean retryable() {
        boolean schemaError = code == 500 && message.contains("failed to create typed patch object");
        return code == 429 || code == 409 || (code >= 500 && !schemaError);
    }
}

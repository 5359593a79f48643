package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;

/**
 * The annotation prefixes that steer the engine: ours and Argo CD's. Both are read everywhere; when both are set on one
 * object, ours wins (SEMANTICS, preface).
 */
public final class Annotations {
    public static final String OWN = "gitops.jenkins.io/";
    public static final String ARGO = "argocd.argoproj.io/";

    private Annotations() {}

    /** The value of {@code own:name}, else of {@code argo:name}, of a desired or a live object. */
    public static Optional<String> read(JsonNode object, String name) {
        JsonNode annotations = object.path("metadata").path("annotations");
        return Optional.ofNullable(annotations.path(OWN + name).asText(null))
                .or(() -> Optional.ofNullable(annotations.path(ARGO + name).asText(null)));
    }

    /** Whether an annotation that is a comma list, such as {@code sync-options}, has an option. */
    public static boolean hasOption(JsonNode object, String name, String option) {
        return read(object, name)
                .filter(options ->
                        Arrays.stream(options.split(",")).map(String::strip).anyMatch(option::equals))
                .isPresent();
    }
}

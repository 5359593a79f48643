package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Live objects for tables, written as YAML flow mappings, and what the rules say of them. */
final class LiveObjects {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private LiveObjects() {}

    /** {@code body} is the object without apiVersion and kind: {@code spec: {…}, status: {…}}. */
    static ObjectNode live(String apiVersion, String kind, String body) {
        Object read = new Load(LoadSettings.builder().build())
                .loadFromString("{apiVersion: " + apiVersion + ", kind: " + kind + ", " + body + "}");
        return new ObjectMapper().valueToTree(read);
    }

    static Optional<Health> assess(String apiVersion, String kind, String body) {
        return new HealthRules(HealthPolicy.DEFAULT, List.of(), InstantSource.fixed(NOW))
                .assess(live(apiVersion, kind, body));
    }
}

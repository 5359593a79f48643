package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the health scripts of the ConfigMap {@code argocd-cm}: keys {@code resource.customizations.health.<group>_<kind>},
 * and the older {@code resource.customizations}, a YAML mapping of {@code <group>/<kind>} to {@code health.lua}. Everything
 * else in it is none of our business. {@code useOpenLibs} needs no reading: the harmless libraries are always there, and the
 * others never.
 */
final class ArgoCustomizations {
    private static final String OLD = "resource.customizations";
    private static final String HEALTH = OLD + ".health.";
    private static final String ANY = "*";

    private ArgoCustomizations() {}

    /** The newer keys come first, as they win in Argo CD. */
    static List<HealthCheck> read(YamlDocument document) {
        JsonNode data = document.content().path("data");
        List<HealthCheck> checks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            if (entry.getKey().startsWith(HEALTH)) {
                String key = entry.getKey().substring(HEALTH.length());
                checks.add(script(key, key.lastIndexOf('_'), entry.getValue().asText()));
            }
        }
        checks.addAll(older(document, data.path(OLD).asText()));
        return checks;
    }

    private static List<HealthCheck> older(YamlDocument document, String text) {
        List<HealthCheck> checks = new ArrayList<>();
        String file = document.file() + ", " + OLD;
        for (YamlDocument customizations : new YamlReader().read(file, text.getBytes(StandardCharsets.UTF_8))) {
            for (Map.Entry<String, JsonNode> entry : customizations.content().properties()) {
                JsonNode lua = entry.getValue().path("health.lua");
                if (lua.isTextual()) {
                    String key = entry.getKey();
                    checks.add(script(key, key.lastIndexOf('/'), lua.textValue()));
                }
            }
        }
        return checks;
    }

    /** A key without a group is one of the core group; {@code *} alone and {@code all} are every kind. */
    private static HealthCheck script(String key, int separator, String lua) {
        if (key.equals("all") || key.equals(ANY)) {
            return new HealthCheck.Script(ANY, ANY, lua);
        }
        String group = separator < 0 ? "" : key.substring(0, separator);
        return new HealthCheck.Script(group, key.substring(separator + 1), lua);
    }
}

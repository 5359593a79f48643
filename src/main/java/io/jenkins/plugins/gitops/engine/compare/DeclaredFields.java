package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;

/** Which fields a manifest declares, as a digest of their paths. Values are left out, so that it tells nothing of a Secret. */
public final class DeclaredFields {
    private DeclaredFields() {}

    public static String digest(JsonNode content) {
        TreeSet<String> paths = new TreeSet<>();
        collect("", content, paths);
        byte[] digest = Sha256.of(String.join("\n", paths));
        return HexFormat.of().formatHex(digest, 0, 8);
    }

    private static void collect(String path, JsonNode node, TreeSet<String> paths) {
        if (node.isContainerNode() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                collect(path + "/" + child.getKey(), child.getValue(), paths);
            }
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), paths);
            }
        } else {
            paths.add(path);
        }
    }
}

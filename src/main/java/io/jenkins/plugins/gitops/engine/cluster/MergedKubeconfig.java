package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several kubeconfigs taken as one, by kubectl's rules: of two entries of one name, and of two current contexts, the first file's
 * counts; a relative file name is looked up beside the kubeconfig that holds it.
 */
final class MergedKubeconfig {
    private static final Set<String> LISTS = Set.of("clusters", "contexts", "users");
    private static final Set<String> FILES =
            Set.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

    private final Map<String, Object> merged = new LinkedHashMap<>();

    MergedKubeconfig() {
        LISTS.forEach(list -> merged.put(list, new ArrayList<Object>()));
    }

    void add(Map<?, ?> root, Path file) {
        for (Map.Entry<?, ?> field : root.entrySet()) {
            String name = String.valueOf(field.getKey());
            if (!LISTS.contains(name) && field.getValue() != null && !"".equals(field.getValue())) {
                merged.putIfAbsent(name, field.getValue());
            }
        }
        for (String list : LISTS) {
            List<Map<?, ?>> known = Kubeconfig.entries(merged, list);
            List<Object> all = new ArrayList<>(known);
            Kubeconfig.entries(root, list).stream()
                    .filter(entry -> known.stream()
                            .noneMatch(first ->
                                    String.valueOf(first.get("name")).equals(String.valueOf(entry.get("name")))))
                    .forEach(entry -> all.add(located(entry, file)));
            merged.put(list, all);
        }
    }

    /** A kubeconfig with the same meaning as all that were added; JSON, which is YAML too. */
    String text() {
        try {
            return new ObjectMapper().writeValueAsString(merged);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and scalars are JSON", e);
        }
    }

    private static Map<String, Object> located(Map<?, ?> entry, Path file) {
        Map<String, Object> result = new LinkedHashMap<>();
        entry.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                result.put(String.valueOf(name), located(nested, file));
            } else if (FILES.contains(String.valueOf(name))
                    && value instanceof String relative
                    && !relative.isEmpty()) {
                result.put(String.valueOf(name), file.resolveSibling(relative).toString());
            } else {
                result.put(String.valueOf(name), value);
            }
        });
        return result;
    }
}

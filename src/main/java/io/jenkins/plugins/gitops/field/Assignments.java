package io.jenkins.plugins.gitops.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Items such as {@code team=shop}; a value may hold further equals signs. */
public final class Assignments {
    private Assignments() {}

    /** Names and values in the order of the items, of which a later one wins. */
    public static Map<String, String> map(List<String> items) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String item : items) {
            int equals = item.indexOf('=');
            if (equals > 0) {
                map.put(
                        item.substring(0, equals).strip(),
                        item.substring(equals + 1).strip());
            }
        }
        return map;
    }

    /** The first item that has no name or no equals sign. */
    public static Optional<String> malformed(List<String> items) {
        return items.stream()
                .filter(item -> item.indexOf('=') < 1
                        || item.substring(0, item.indexOf('=')).isBlank())
                .findFirst();
    }
}

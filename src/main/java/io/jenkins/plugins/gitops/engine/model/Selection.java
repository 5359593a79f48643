package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of an application that a sync is limited to (SEMANTICS 7): objects that one of the keys names and that the selector
 * selects.
 *
 * @param only empty means every object
 */
public record Selection(List<KeyPattern> only, Optional<LabelSelector> selector) {
    public static final Selection ALL = new Selection(List.of(), Optional.empty());

    public Selection {
        only = List.copyOf(only);
    }

    /** Whether there may be objects that it leaves out. */
    public boolean isPartial() {
        return !only.isEmpty() || selector.isPresent();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        only.forEach(pattern -> parts.add(pattern.toString()));
        String keys = String.join(" or ", parts);
        return keys
                + selector.map(labels -> (keys.isEmpty() ? "" : " with ") + labels)
                        .orElse("");
    }

    /** @param object the desired object, or the live one where none is desired */
    public boolean includes(ResourceKey key, JsonNode object) {
        return (only.isEmpty() || only.stream().anyMatch(pattern -> pattern.matches(key)))
                && selector.filter(wanted -> !wanted.selects(object)).isEmpty();
    }
}

package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which sync options hold: what an object's annotation {@code sync-options} says, else what its application says, else the
 * default. Words are {@code Name=value}; a name alone means {@code Name=true}.
 *
 * @param unknown the words that are no option, each with the nearest that is one
 */
public record ObjectOptions(Map<SyncOption, String> values, List<String> unknown) {
    public static final ObjectOptions NONE = new ObjectOptions(Map.of(), List.of());

    public ObjectOptions {
        values = Collections.unmodifiableMap(new EnumMap<>(withKeys(values)));
        unknown = List.copyOf(unknown);
    }

    public static ObjectOptions of(List<String> words) {
        Map<SyncOption, String> values = new EnumMap<>(SyncOption.class);
        List<String> unknown = new ArrayList<>();
        for (String word : words) {
            String[] parts = word.strip().split("=", 2);
            String value = parts.length < 2 ? "true" : parts[1].strip();
            Optional<SyncOption> option = Arrays.stream(SyncOption.values())
                    .filter(known -> known.name().equals(parts[0].strip()))
                    .findFirst();
            if (option.filter(known -> known.choices().contains(value)).isPresent()) {
                values.put(option.get(), value);
            } else if (!word.isBlank()) {
                unknown.add(
                        "unknown sync option \"" + word.strip() + "\" has no effect" + hint(parts[0].strip(), option));
            }
        }
        return new ObjectOptions(values, unknown);
    }

    /** The options of a desired or a live object, over those of its application. */
    public static ObjectOptions of(JsonNode object, ObjectOptions application) {
        ObjectOptions own = Annotations.read(object, "sync-options")
                .map(text -> of(List.of(text.split(","))))
                .orElse(NONE);
        Map<SyncOption, String> values = new EnumMap<>(withKeys(application.values));
        values.putAll(own.values);
        return new ObjectOptions(values, own.unknown);
    }

    public String value(SyncOption option) {
        return values.getOrDefault(option, option.byDefault());
    }

    /** Whether {@code option=value} holds, by default or because somebody says so. */
    public boolean has(SyncOption option, String value) {
        return value(option).equals(value);
    }

    public boolean isOn(SyncOption option) {
        return has(option, "true");
    }

    private static String hint(String name, Optional<SyncOption> option) {
        return option.map(known -> "; " + known + " can be " + String.join(", ", known.choices()))
                .or(() -> NearestName.of(
                                name,
                                Arrays.stream(SyncOption.values())
                                        .map(SyncOption::name)
                                        .toList())
                        .map(nearest -> "; did you mean " + nearest + "?"))
                .orElse("");
    }

    private static Map<SyncOption, String> withKeys(Map<SyncOption, String> values) {
        Map<SyncOption, String> map = new EnumMap<>(SyncOption.class);
        map.putAll(values);
        return map;
    }
}

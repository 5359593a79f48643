package io.jenkins.plugins.gitops.engine.health;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What rules may call on the object, and on any map in it, so that they need not care for what is absent or of another type
 * than documented: such a text is empty, such a number 0, such a list empty.
 *
 * <p>A path is a dotted one ({@code 'status.phase'}), or a JSON pointer where a key has dots
 * ({@code '/metadata/annotations/example.com~1paused'}). Conditions are those of {@code status.conditions}, or of
 * {@code conditions} when the map has no status.
 */
final class CelFunctions {
    private CelFunctions() {}

    static List<Function> all() {
        return List.of(
                function("text", SimpleType.STRING, (map, path) -> text(at(map, path))),
                function("number", SimpleType.INT, (map, path) -> number(at(map, path))),
                function(
                        "flag",
                        SimpleType.BOOL,
                        (map, path) -> text(at(map, path)).equals("true")),
                function("items", ListType.create(SimpleType.DYN), (map, path) -> items(at(map, path))),
                function("joined", SimpleType.STRING, CelFunctions::joined),
                function("given", SimpleType.BOOL, (map, path) -> at(map, path).isPresent()),
                function(
                        "condition",
                        MapType.create(SimpleType.STRING, SimpleType.STRING),
                        (map, type) -> map(condition(map, type))),
                function(
                        "isTrue",
                        SimpleType.BOOL,
                        (map, type) -> condition(map, type).isTrue()),
                function(
                        "isFalse",
                        SimpleType.BOOL,
                        (map, type) -> condition(map, type).isFalse()),
                function(
                        "isTerminal",
                        SimpleType.BOOL,
                        (map, type) -> condition(map, type).isTerminal()),
                function(
                        "reason",
                        SimpleType.STRING,
                        (map, type) -> condition(map, type).reason()),
                function(
                        "says",
                        SimpleType.STRING,
                        (map, type) -> condition(map, type).says()));
    }

    /** One function as the compiler and as the runtime know it. */
    record Function(CelFunctionDecl declaration, Iterable<CelFunctionBinding> bindings) {}

    private static Function function(String name, CelType result, CelFunctionOverload.Binary<Object, String> body) {
        String overload = "dyn_" + name;
        return new Function(
                CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newMemberOverload(overload, result, SimpleType.DYN, SimpleType.STRING)),
                CelFunctionBinding.fromOverloads(
                        name, CelFunctionBinding.from(overload, Object.class, String.class, body)));
    }

    private static Optional<Object> at(Object start, String path) {
        boolean pointer = path.startsWith("/");
        String[] steps = pointer ? path.substring(1).split("/") : path.split("\\.");
        Object value = start;
        for (String step : steps) {
            String key = pointer ? step.replace("~1", "/").replace("~0", "~") : step;
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(value).filter(found -> !found.equals(CelValues.NULL));
    }

    private static String text(Optional<Object> value) {
        return value.filter(found -> !(found instanceof Map) && !(found instanceof List))
                .map(Object::toString)
                .orElse("");
    }

    /** The texts, and lists of texts, at the paths (parted by blanks): those that are given, parted by colons. */
    private static String joined(Object map, String paths) {
        List<String> texts = new ArrayList<>();
        for (String path : paths.split(" ")) {
            Optional<Object> value = at(map, path);
            String text = value.filter(List.class::isInstance).isPresent()
                    ? items(value).stream()
                            .map(item -> text(Optional.of(item)))
                            .filter(item -> !item.isEmpty())
                            .collect(Collectors.joining("; "))
                    : text(value);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return String.join(": ", texts);
    }

    private static long number(Optional<Object> value) {
        try {
            return value.map(found -> found instanceof Number number
                            ? number.longValue()
                            : Long.parseLong(found.toString().strip()))
                    .orElse(0L);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static List<?> items(Optional<Object> value) {
        return value.filter(List.class::isInstance).map(List.class::cast).orElse(List.of());
    }

    private static Condition condition(Object map, String type) {
        Optional<Object> all = at(map, "status.conditions").or(() -> at(map, "conditions"));
        for (Object item : items(all)) {
            if (text(at(item, "type")).equals(type)) {
                return new Condition(
                        type,
                        text(at(item, "status")),
                        text(at(item, "reason")),
                        text(at(item, "message")),
                        Condition.time(text(at(item, "lastTransitionTime"))));
            }
        }
        return Condition.absent(type);
    }

    private static Map<String, String> map(Condition condition) {
        return Map.of(
                "type", condition.type(),
                "status", condition.status(),
                "reason", condition.reason(),
                "message", condition.message());
    }
}

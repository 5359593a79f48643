package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds the located nodes of one file, whichever syntax it has, within the limits. */
final class Tree {
    private final String file;
    private final Limits limits;
    private final Consumer<Problem> problems;
    private final Optional<Consumer<Problem>> overwritten;
    private int nodes;

    /** @param overwritten hears of equal keys, of which the last one stands; empty means that they are problems */
    Tree(String file, Limits limits, Consumer<Problem> problems, Optional<Consumer<Problem>> overwritten) {
        this.file = file;
        this.limits = limits;
        this.problems = problems;
        this.overwritten = overwritten;
    }

    /** Reading goes on. */
    void report(Position at, String what) {
        problems.accept(new Problem(file + ":" + at, what));
    }

    /** Reading cannot go on. */
    Syntax fail(Position at, String what) {
        return new Syntax(new Problem(file + ":" + at, what));
    }

    void checkDepth(int depth, Position at) throws Syntax {
        if (depth > limits.depth()) {
            throw fail(at, "is nested more than " + limits.depth() + " levels deep");
        }
    }

    private void count(int more, Position at) throws Syntax {
        nodes += more;
        if (nodes > limits.nodes()) {
            throw fail(at, "the file holds more than " + limits.nodes() + " values; split it");
        }
    }

    Located scalar(JsonNode value, Position at) throws Syntax {
        count(1, at);
        String text = value.textValue();
        if (text != null && hasLoneSurrogate(text)) {
            report(at, "the text holds half of a character (a surrogate without its pair), which UTF-8 cannot carry");
            return new Located(NullNode.getInstance(), new Place(at, List.of()), 1, 0, 0);
        }
        return new Located(value, new Place(at, List.of()), 1, text == null ? 0 : text.length(), 0);
    }

    /** The same content once more, where an alias at this depth asks for it. */
    Located copy(Located anchored, int depth, Position at) throws Syntax {
        checkDepth(depth - 1 + anchored.height(), at);
        count(anchored.nodes(), at);
        return new Located(
                anchored.node().deepCopy(),
                anchored.place(),
                anchored.nodes(),
                anchored.characters(),
                anchored.height());
    }

    ListBuilder list(Position start) throws Syntax {
        count(1, start);
        return new ListBuilder(start);
    }

    MappingBuilder mapping(Position start) throws Syntax {
        count(1, start);
        return new MappingBuilder(start);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    static final class ListBuilder {
        private final Position start;
        private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
        private final List<Place> places = new ArrayList<>();
        private int size = 1;
        private long characters;
        private int height;

        ListBuilder(Position start) {
            this.start = start;
        }

        void add(Located item) {
            items.add(item.node());
            places.add(item.place());
            size += item.nodes();
            characters += item.characters();
            height = Math.max(height, item.height());
        }

        Located build() {
            return new Located(items, new Place(start, List.copyOf(places)), size, characters, height + 1);
        }
    }

    final class MappingBuilder {
        private record Entry(JsonNode value, Place place) {}

        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, Position> written = new LinkedHashMap<>();
        private Position start;
        private boolean empty = true;
        private int size = 1;
        private long characters;
        private int height;

        MappingBuilder(Position start) {
            this.start = start;
        }

        /** A key of the text; the first of two equal ones stands, unless the last one is to. */
        void put(String key, Position at, Located value) {
            begin(at);
            Position first = written.putIfAbsent(key, at);
            if (first != null) {
                String what = "the key \"" + key + "\" is already on line " + first.line();
                if (overwritten.isEmpty()) {
                    report(at, what + "; remove one of them");
                    return;
                }
                overwritten.get().accept(new Problem(file + ":" + at, what + "; the last one counts"));
            }
            entries.put(key, new Entry(value.node(), value.place().at(at)));
            characters += key.length();
            absorb(value);
        }

        /** What {@code <<} brings replaces what stands before it, and is replaced by what follows: kubectl's rule. */
        void merge(Position at, Located value) {
            begin(at);
            Position first = written.putIfAbsent("<<", at);
            if (first != null) {
                report(at, "<< is already on line " + first.line() + "; write one with a list: <<: [*a, *b]");
                return;
            }
            absorb(value);
            if (!(value.node() instanceof ArrayNode several)) {
                mergeOne(at, value.node(), value.place());
                return;
            }
            for (int i = several.size() - 1; i >= 0; i--) {
                mergeOne(at, several.get(i), value.place().children().get(i));
            }
        }

        private void mergeOne(Position at, JsonNode node, Place place) {
            if (!(node instanceof ObjectNode mapping)) {
                report(at, "<< takes a mapping or a list of mappings");
                return;
            }
            int child = 0;
            for (Iterator<Map.Entry<String, JsonNode>> fields = mapping.fields(); fields.hasNext(); child++) {
                Map.Entry<String, JsonNode> field = fields.next();
                entries.put(
                        field.getKey(),
                        new Entry(field.getValue(), place.children().get(child)));
            }
        }

        private void begin(Position at) {
            if (empty) {
                start = at;
            }
            empty = false;
        }

        private void absorb(Located value) {
            size += value.nodes();
            characters += value.characters();
            height = Math.max(height, value.height());
        }

        Located build() {
            ObjectNode mapping = JsonNodeFactory.instance.objectNode();
            List<Place> places = new ArrayList<>(entries.size());
            entries.forEach((key, entry) -> {
                mapping.set(key, entry.value());
                places.add(entry.place());
            });
            return new Located(mapping, new Place(start, List.copyOf(places)), size, characters, height + 1);
        }
    }
}

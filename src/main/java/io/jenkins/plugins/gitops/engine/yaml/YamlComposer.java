package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/** Reads a YAML text from the parser's events, so that every node keeps its place and aliases stay within the limits. */
final class YamlComposer {
    /** Not asked, since scalars are read as kubectl reads them; but each settings' own is made anew, at a price. */
    private static final Schema SCHEMA = new FailsafeSchema();

    private final String file;
    private final Limits limits;
    private final Tree tree;
    private final Map<Anchor, Located> anchors = new HashMap<>();
    private int aliases;
    private long aliasNodes;
    private long aliasCharacters;
    private YamlEvents events;

    YamlComposer(String file, Limits limits, Consumer<Problem> problems, Optional<Consumer<Problem>> overwritten) {
        this.file = file;
        this.limits = limits;
        this.tree = new Tree(file, limits, problems, overwritten);
    }

    void compose(String text, Consumer<YamlDocument> documents) throws Syntax {
        // The buffer takes the whole text: a smaller one is copied again for each part of a long line, in quadratic
        // time.
        LoadSettings settings = LoadSettings.builder()
                .setSchema(SCHEMA)
                .setBufferSize(text.length() + 1)
                .setCodePointLimit(Integer.MAX_VALUE)
                .setLabel(file)
                .build();
        events = new YamlEvents(text, settings, tree);
        events.next(Event.ID.StreamStart);
        for (int index = 0; !events.nextIs(Event.ID.StreamEnd); index++) {
            events.next(Event.ID.DocumentStart);
            anchors.clear();
            aliases = 0;
            aliasNodes = 0;
            aliasCharacters = 0;
            Located root = node(1);
            events.next(Event.ID.DocumentEnd);
            if (root.node() instanceof ObjectNode content) {
                documents.accept(new YamlDocument(file, index, content, root.place()));
            } else if (!root.node().isNull()) {
                tree.report(root.place().position(), "the document is not a mapping (key: value)");
            }
        }
    }

    private Located node(int depth) throws Syntax {
        NodeEvent event = events.nextNode();
        Position at = position(event);
        Located node =
                switch (event) {
                    case AliasEvent alias -> alias(alias, at, depth);
                    case ScalarEvent scalar -> scalar(scalar, at);
                    case SequenceStartEvent start -> list(start, at, depth);
                    case MappingStartEvent start -> mapping(start, at, depth);
                    default -> throw tree.fail(at, "is not valid YAML here");
                };
        if (!(event instanceof AliasEvent)) {
            event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private Located alias(AliasEvent event, Position at, int depth) throws Syntax {
        Located anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            tree.report(
                    at,
                    "the alias *" + event.getAlias()
                            + " has no anchor before it in this document, or stands inside it");
            return tree.scalar(NullNode.getInstance(), at);
        }
        if (++aliases > limits.aliases()) {
            throw tree.fail(at, "the document uses more than " + limits.aliases() + " aliases; write the values out");
        }
        aliasNodes += anchored.nodes();
        aliasCharacters += anchored.characters();
        long most = (long) limits.aliases() * limits.nodesPerAlias();
        if (aliasNodes > most || aliasCharacters > limits.bytes()) {
            throw tree.fail(
                    at,
                    "the aliases of the document expand to more than " + most + " values or " + limits.bytes()
                            + " characters; write them out");
        }
        return tree.copy(anchored, depth, at);
    }

    private Located scalar(ScalarEvent event, Position at) throws Syntax {
        return tree.scalar(value(event, at), at);
    }

    private JsonNode value(ScalarEvent event, Position at) {
        try {
            Optional<String> tag = event.getTag();
            return tag.isPresent()
                    ? KubernetesScalars.tagged(tag.get(), event.getValue())
                    : KubernetesScalars.untagged(event.getValue(), event.isPlain());
        } catch (IllegalArgumentException e) {
            tree.report(at, e.getMessage());
            return NullNode.getInstance();
        }
    }

    private Located list(SequenceStartEvent event, Position at, int depth) throws Syntax {
        tree.checkDepth(depth, at);
        checkTag(event.getTag(), "seq", at);
        Tree.ListBuilder list = tree.list(at);
        while (!events.nextIs(Event.ID.SequenceEnd)) {
            list.add(node(depth + 1));
        }
        events.next(Event.ID.SequenceEnd);
        return list.build();
    }

    private Located mapping(MappingStartEvent event, Position at, int depth) throws Syntax {
        tree.checkDepth(depth, at);
        checkTag(event.getTag(), "map", at);
        Tree.MappingBuilder mapping = tree.mapping(at);
        while (!events.nextIs(Event.ID.MappingEnd)) {
            entry(mapping, depth);
        }
        events.next(Event.ID.MappingEnd);
        return mapping.build();
    }

    private void entry(Tree.MappingBuilder mapping, int depth) throws Syntax {
        if (events.peek() instanceof ScalarEvent scalar && isMerge(scalar)) {
            mapping.merge(position(events.nextNode()), node(depth + 1));
            return;
        }
        Event event = events.peek();
        Position at = position(event);
        Optional<String> key = key(event, node(depth + 1), at);
        Located value = node(depth + 1);
        key.ifPresent(name -> mapping.put(name, at, value));
    }

    private Optional<String> key(Event event, Located key, Position at) {
        if (key.node().isContainerNode()) {
            tree.report(at, "a key is a text, not a mapping or a list");
            return Optional.empty();
        }
        if (key.node() instanceof TextNode text) {
            return Optional.of(text.textValue());
        }
        String written = event instanceof ScalarEvent scalar
                ? scalar.getValue()
                : key.node().asText();
        Optional<String> spelt = KubernetesScalars.key(key.node(), written);
        if (spelt.isEmpty()) {
            tree.report(at, "a key is a text, not null; quote it");
        }
        return spelt;
    }

    private static boolean isMerge(ScalarEvent key) {
        return key.getTag().map(KubernetesScalars::isMergeTag).orElse(key.isPlain())
                && key.getValue().equals("<<");
    }

    private void checkTag(Optional<String> tag, String collection, Position at) {
        if (tag.isPresent() && !KubernetesScalars.isCollectionTag(tag.get(), collection)) {
            tree.report(at, KubernetesScalars.unknownTag(tag.get()));
        }
    }

    private static Position position(Event event) {
        return event.getStartMark().map(YamlComposer::position).orElse(new Position(1, 1));
    }

    static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}

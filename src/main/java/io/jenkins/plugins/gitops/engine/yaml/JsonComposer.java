package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a JSON text: one value, or several after each other. */
final class JsonComposer {
    private static final int LONGEST_NUMBER = 1_000;

    private final String file;
    private final Tree tree;
    private final JsonFactory factory;

    JsonComposer(String file, Limits limits, Consumer<Problem> problems, Optional<Consumer<Problem>> overwritten) {
        this.file = file;
        this.tree = new Tree(file, limits, problems, overwritten);
        this.factory = JsonFactory.builder()
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + 1)
                        .maxStringLength(limits.bytes())
                        .maxNameLength(limits.bytes())
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .build();
    }

    void compose(String text, Consumer<YamlDocument> documents) throws Syntax {
        try (JsonParser parser = factory.createParser(text)) {
            for (int index = 0; parser.nextToken() != null; index++) {
                Located root = value(parser, 1);
                if (root.node() instanceof ObjectNode content) {
                    documents.accept(new YamlDocument(file, index, content, root.place()));
                } else if (!root.node().isNull()) {
                    tree.report(root.place().position(), "is not a JSON object");
                }
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            Position position = at == null ? new Position(1, 1) : new Position(at.getLineNr(), at.getColumnNr());
            throw tree.fail(position, "is not valid JSON: " + message(e));
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be read", e);
        }
    }

    private Located value(JsonParser parser, int depth) throws IOException, Syntax {
        Position at = position(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, at, depth);
            case START_ARRAY -> array(parser, at, depth);
            case VALUE_STRING -> tree.scalar(TextNode.valueOf(parser.getText()), at);
            case VALUE_TRUE, VALUE_FALSE -> tree.scalar(BooleanNode.valueOf(parser.getBooleanValue()), at);
            case VALUE_NULL -> tree.scalar(NullNode.getInstance(), at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> tree.scalar(number(parser.getText(), at), at);
            default -> throw tree.fail(at, "is not valid JSON: unexpected " + parser.currentToken());
        };
    }

    private JsonNode number(String text, Position at) throws Syntax {
        Optional<JsonNode> number = KubernetesScalars.number(text);
        return number.orElseThrow(() -> tree.fail(at, "the number " + text + " is too large for a 64-bit float"));
    }

    private Located object(JsonParser parser, Position start, int depth) throws IOException, Syntax {
        tree.checkDepth(depth, start);
        Tree.MappingBuilder mapping = tree.mapping(start);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position at = position(parser);
            parser.nextToken();
            mapping.put(key, at, value(parser, depth + 1));
        }
        return mapping.build();
    }

    private Located array(JsonParser parser, Position start, int depth) throws IOException, Syntax {
        tree.checkDepth(depth, start);
        Tree.ListBuilder list = tree.list(start);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, depth + 1));
        }
        return list.build();
    }

    private static Position position(JsonParser parser) {
        JsonLocation at = parser.currentTokenLocation();
        return new Position(at.getLineNr(), at.getColumnNr());
    }

    /** Jackson's words, with the place of an opening bracket put readably. */
    private static String message(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll("\\[Source: [^;]*; line: (\\d+), column: (\\d+)\\]", "$1:$2");
    }
}

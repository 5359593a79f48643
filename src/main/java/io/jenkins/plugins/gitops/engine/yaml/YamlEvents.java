package io.jenkins.plugins.gitops.engine.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The parser's events, its errors put as problems of the text. */
final class YamlEvents {
    private final String text;
    private final Tree tree;
    private final ParserImpl parser;
    private Position last = new Position(1, 1);

    YamlEvents(String text, LoadSettings settings, Tree tree) {
        this.text = text;
        this.tree = tree;
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    Event peek() throws Syntax {
        try {
            Event event = parser.peekEvent();
            event.getStartMark().ifPresent(mark -> last = YamlComposer.position(mark));
            return event;
        } catch (MarkedYamlEngineException e) {
            throw tree.fail(
                    e.getProblemMark()
                            .or(e::getContextMark)
                            .map(YamlComposer::position)
                            .orElse(last),
                    words(e));
        } catch (ReaderException e) {
            throw tree.fail(
                    position(e.getPosition()),
                    "the character U+%04X is not allowed in YAML; write it as an escape in double quotes"
                            .formatted(e.getCodePoint()));
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The last two: what the parser itself throws for escapes that are no character.
            throw tree.fail(last, "is not valid YAML: " + e.getMessage());
        }
    }

    boolean nextIs(Event.ID id) throws Syntax {
        return peek().getEventId() == id;
    }

    void next(Event.ID id) throws Syntax {
        if (!nextIs(id)) {
            throw tree.fail(last, "is not valid YAML here");
        }
        parser.next();
    }

    NodeEvent nextNode() throws Syntax {
        if (!(peek() instanceof NodeEvent node)) {
            throw tree.fail(last, "is not valid YAML here");
        }
        parser.next();
        return node;
    }

    private static String words(MarkedYamlEngineException e) {
        if (e.getProblem().contains("TAB")) {
            return "a tab stands where only spaces may indent; replace it with spaces";
        }
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return "is not valid YAML: " + context + e.getProblem();
    }

    private Position position(int codePoint) {
        int end = Math.min(codePoint, text.codePointCount(0, text.length()));
        String before = text.substring(0, text.offsetByCodePoints(0, end));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        String sameLine = before.substring(before.lastIndexOf('\n') + 1);
        return new Position(line, sameLine.codePointCount(0, sameLine.length()) + 1);
    }
}

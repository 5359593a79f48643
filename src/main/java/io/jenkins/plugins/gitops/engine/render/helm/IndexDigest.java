package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The digests that the index of an HTTP chart repository gives for a chart: helm does not look at them. An index may be large,
 * so it is read as a stream.
 */
final class IndexDigest {
    private static final int LARGEST = 512 << 20;

    private final Set<String> digests = new HashSet<>();

    private IndexDigest() {}

    /**
     * Requires that the index knows an archive. Of which version it is helm has looked up in the same index.
     *
     * @throws InvalidInputException when the index gives digests for this chart, and none is this archive's
     */
    static void require(Path index, String chart, Path archive) {
        try {
            IndexDigest known = new IndexDigest();
            known.read(index, chart);
            String digest = HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(archive)));
            if (!known.digests.isEmpty() && !known.digests.contains(digest)) {
                throw new InvalidInputException(
                        "source.chart",
                        archive.getFileName() + " is not what the repository's index says: no version of " + chart
                                + " has the SHA-256 digest " + digest + ". It was changed after it was published, or on"
                                + " its way; nothing of it is rendered");
            }
        } catch (IOException | YamlEngineException e) {
            throw new InvalidInputException("source.chart", "the repository's index cannot be read: " + e.getMessage());
        }
    }

    /** Collects {@code entries.CHART[].digest}. */
    private void read(Path index, String chart) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(LARGEST).build();
        try (InputStream in = Files.newInputStream(index)) {
            // The keys above an event; a mapping's next scalar is a key while none is pending.
            Deque<String> path = new ArrayDeque<>();
            Deque<Boolean> mappings = new ArrayDeque<>();
            boolean keyIsNext = false;
            for (Event event : new Parse(settings).parseInputStream(in)) {
                switch (event) {
                    case MappingStartEvent ignored -> {
                        mappings.push(true);
                        keyIsNext = true;
                    }
                    case SequenceStartEvent ignored -> {
                        mappings.push(false);
                        path.addLast("[]");
                        keyIsNext = false;
                    }
                    case ScalarEvent scalar -> {
                        if (keyIsNext) {
                            path.addLast(scalar.getValue());
                            keyIsNext = false;
                        } else {
                            take(path, scalar.getValue(), chart);
                            keyIsNext = leave(path, mappings);
                        }
                    }
                    default -> {
                        boolean mapping = event.getEventId() == Event.ID.MappingEnd;
                        if (mapping || event.getEventId() == Event.ID.SequenceEnd) {
                            mappings.pop();
                            if (!mapping) {
                                path.removeLast();
                            }
                            keyIsNext = leave(path, mappings);
                        }
                    }
                }
            }
        }
    }

    /** After a value: in a mapping its key is done with, and the next one comes. */
    private static boolean leave(Deque<String> path, Deque<Boolean> mappings) {
        boolean inMapping = !mappings.isEmpty() && mappings.peek();
        if (inMapping) {
            path.removeLast();
        }
        return inMapping;
    }

    private void take(Deque<String> path, String value, String chart) {
        if (path.size() == 4 && String.join("\n", path).equals("entries\n" + chart + "\n[]\ndigest")) {
            digests.add(value.toLowerCase(Locale.ROOT).replaceFirst("^sha256:", ""));
        }
    }
}

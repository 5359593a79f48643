package io.jenkins.plugins.gitops.engine.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A process that records one attempt after the other, says the number of each that is recorded, and is there to be killed. */
public final class HistoryWriter {
    static final int OBJECTS = 60;

    private HistoryWriter() {}

    public static void main(String[] arguments) {
        History history = open(Path.of(arguments[0]));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            try {
                Attempt attempt = history.record(draft(), Reports.of(null), wanted(i));
                System.out.println(attempt.id());
            } catch (IOException e) {
                System.out.println("refused: " + e.getMessage());
                return;
            }
        }
    }

    /** Keeps few attempts, so that forgetting is at work all the time. */
    static History open(Path folder) {
        return new History(
                folder,
                new HistoryKey(new byte[32]),
                new Retention(5, Duration.ofDays(1)),
                Clock.systemUTC(),
                warning -> System.out.println("warning: " + warning));
    }

    private static Attempt draft() {
        return Attempt.draft(Kind.sync, "shop", "", Instant.now())
                .commit("abc", "", "")
                .ended("Succeeded", "", 1)
                .build();
    }

    /** Text that does not deflate much: a file must not fit into one write. */
    private static List<Manifest> wanted(int round) {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.put("apiVersion", "v1").put("kind", i % 5 == 0 ? "Secret" : "ConfigMap");
            content.putObject("metadata").put("name", "n" + i);
            String value = i < 50
                    ? "constant"
                    : new java.util.Random(round * 100L + i)
                            .ints(200)
                            .boxed()
                            .toList()
                            .toString();
            content.putObject("data").put("value", value);
            manifests.add(new Manifest(content, new Origin("n" + i + ".yaml", 0, 1)));
        }
        return manifests;
    }
}

package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One case of the comparison corpus: what Git says, what somebody then did to the cluster, and what the drift report must
 * say. {@code $NS} in a file stands for the case's namespace, which is also a good part of a unique name; {@code $HOME} for
 * the run's, whose name the shared kinds carry in their group.
 *
 * <p>Keys of a case: {@code rule} (a sentence), {@code before} (edits before the first sync), {@code git} (manifests),
 * {@code live} (edits after the first sync), {@code then} (manifests that replace those of {@code git}), {@code ignore}
 * (rules as in the application file), {@code expect} (by {@code Kind name}; what is not named must be in sync), {@code after}
 * (the application's verdict after one more sync; in sync unless it says otherwise).
 *
 * @param theme the folder
 */
record CorpusCase(String theme, String name, JsonNode content) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static CorpusCase read(Path file, String namespace, String home) {
        try {
            String text = Files.readString(file).replace("$NS", namespace).replace("$HOME", home);
            String name = file.getFileName().toString().replace(".yaml", "");
            return new CorpusCase(
                    file.getParent().getFileName().toString(),
                    name,
                    documents(text).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            try {
                documents.add(MAPPER.readTree(MAPPER.writeValueAsString(document)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(yaml, e);
            }
        }
        return documents;
    }

    String rule() {
        return content.path("rule").asText();
    }

    String git() {
        return content.path("git").asText();
    }

    /** What Git says at the time of the comparison. */
    String gitThen() {
        return content.path("then").asText(git());
    }

    JsonNode before() {
        return content.path("before");
    }

    JsonNode live() {
        return content.path("live");
    }

    JsonNode expect() {
        return content.path("expect");
    }

    String after() {
        return content.path("after").asText("InSync");
    }

    List<IgnoreRule> ignore() {
        return StreamSupport.stream(content.path("ignore").spliterator(), false)
                .map(rule -> new IgnoreRule(
                        rule.path("group").asText("*"),
                        rule.path("kind").asText("*"),
                        rule.path("namespace").asText("*"),
                        rule.path("name").asText("*"),
                        texts(rule.path("jsonPointers")),
                        texts(rule.path("jqPathExpressions")),
                        texts(rule.path("managedFieldsManagers"))))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        JsonNode items = list.isArray() ? list : MissingNode.getInstance();
        return StreamSupport.stream(items.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}

package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code examples/*.yaml}: documents of {@code expect} (a status, or none), {@code message} (a part of it) and {@code object}. */
final class OperatorExamples {
    private OperatorExamples() {}

    record Example(String where, Optional<HealthStatus> expected, String message, ObjectNode object) {
        @Override
        public String toString() {
            return where + " " + object.path("kind").asText() + " is "
                    + expected.map(HealthStatus::name).orElse("without health");
        }
    }

    static List<Example> all() {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(
                Path.of(OperatorExamples.class.getResource("examples").toURI()))) {
            for (Path file : files.sorted().toList()) {
                for (YamlDocument document :
                        new YamlReader().read(file.getFileName().toString(), Files.readAllBytes(file))) {
                    examples.add(example(document));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return examples;
    }

    private static Example example(YamlDocument document) {
        ObjectNode content = document.content();
        String expected = content.path("expect").asText();
        return new Example(
                document.origin("").toString(),
                expected.equals("none") ? Optional.empty() : Optional.of(HealthStatus.valueOf(expected)),
                content.path("message").asText(),
                (ObjectNode) content.path("object"));
    }
}

package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A schema as it is published under {@code docs/schema}. */
public record PublishedSchema(JsonNode document) {
    public static PublishedSchema read(String name) {
        Path folder = Files.isDirectory(Path.of("docs/schema")) ? Path.of("docs/schema") : Path.of("../docs/schema");
        try {
            return new PublishedSchema(new ObjectMapper().readTree(Files.readString(folder.resolve(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the schema finds wrong; empty when the document is valid. */
    public List<String> problems(JsonNode instance) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(document, config)
                .validate(instance)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** Whether the schema itself is a valid schema. */
    public List<String> problemsOfItself() {
        String meta = document.path("$schema").asText();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(meta))
                .validate(document)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}

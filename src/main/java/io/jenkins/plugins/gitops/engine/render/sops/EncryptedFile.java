package io.jenkins.plugins.gitops.engine.render.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption.Decrypted;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file that a tool is to read as if it had never been encrypted. Its format is told by its content: YAML, JSON, dotenv, or
 * anything in SOPS's envelope for binary files. YAML is written anew, without its comments.
 */
final class EncryptedFile {
    private static final Pattern LIST_FIELD = Pattern.compile("(\\w+?)__list_(\\d+)__map_(\\w+)");
    private static final String DOTENV_PREFIX = "sops_";
    private static final String BINARY = "data";

    private final Decryption decryption;
    private final String name;
    private final String text;

    private EncryptedFile(Decryption decryption, String name, String text) {
        this.decryption = decryption;
        this.name = name;
        this.text = text;
    }

    /** A file's plain text and what is secret of it. */
    record Plain(byte[] text, Decrypted decrypted) {}

    /** Empty when the file is not encrypted with SOPS. */
    static Optional<Plain> decrypt(Decryption decryption, String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.contains("sops") && text.contains("mac")
                ? new EncryptedFile(decryption, name, text).decrypt()
                : Optional.empty();
    }

    private Optional<Plain> decrypt() {
        if (text.lines().anyMatch(line -> line.startsWith(DOTENV_PREFIX + "mac="))) {
            Decrypted decrypted = decryption.decrypt(name, List.of(dotenv()));
            return Optional.of(new Plain(dotenv(decrypted.documents().get(0)), decrypted));
        }
        if (text.lines().anyMatch("[sops]"::equals)) {
            throw new InvalidInputException(
                    name,
                    "is an INI file that SOPS encrypted, which is not supported; YAML, JSON, dotenv and binary are");
        }
        boolean json = text.stripLeading().startsWith("{");
        List<Problem> problems = new ArrayList<>();
        List<ObjectNode> documents = new YamlReader()
                .read(json ? "file.json" : "file.yaml", text.getBytes(StandardCharsets.UTF_8), problems::add).stream()
                        .map(YamlDocument::content)
                        .toList();
        if (!problems.isEmpty() || documents.isEmpty() || !Decryption.isEncrypted(documents.get(0))) {
            // What is wrong with it the tool will tell.
            return Optional.empty();
        }
        Decrypted decrypted = decryption.decrypt(name, documents);
        boolean binary = json
                && !name.endsWith(".json")
                && documents.get(0).size() == 2
                && documents.get(0).has(BINARY);
        return Optional.of(new Plain(
                binary
                        ? bytes(decrypted.documents().get(0).path(BINARY))
                        : json
                                ? decrypted.documents().get(0).toPrettyString().getBytes(StandardCharsets.UTF_8)
                                : yaml(decrypted),
                decrypted));
    }

    private static byte[] bytes(JsonNode value) {
        try {
            return value.isBinary() ? value.binaryValue() : value.asText().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }

    private static byte[] yaml(Decrypted decrypted) {
        return decrypted.documents().stream()
                .map(ManifestYaml::write)
                .collect(Collectors.joining("---\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode dotenv() {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        ObjectNode sops = JsonNodeFactory.instance.objectNode();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals < 0 || line.startsWith("#")) {
                continue;
            }
            String key = line.substring(0, equals);
            String value = line.substring(equals + 1).replace("\\n", "\n");
            if (!key.startsWith(DOTENV_PREFIX)) {
                values.put(key, value);
                continue;
            }
            String field = key.substring(DOTENV_PREFIX.length());
            Matcher list = LIST_FIELD.matcher(field);
            if (list.matches()) {
                int index = Integer.parseInt(list.group(2));
                while (sops.withArray(list.group(1)).size() <= Math.min(index, 1_000)) {
                    sops.withArray(list.group(1)).addObject();
                }
                ((ObjectNode) sops.withArray(list.group(1)).get(Math.min(index, 1_000))).put(list.group(3), value);
            } else {
                sops.put(field, value);
            }
        }
        values.set("sops", sops);
        return values;
    }

    private static byte[] dotenv(ObjectNode values) {
        return values.properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText().replace("\n", "\\n") + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}

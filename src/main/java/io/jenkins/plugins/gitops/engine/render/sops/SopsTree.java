package io.jenkins.plugins.gitops.engine.render.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One way through the documents of a file: decrypts each value, and takes the MAC of all on the way. */
final class SopsTree {
    /** What SOPS begins a MAC with that leaves out values which are not encrypted: the SHA-256 of "sops". */
    private static final byte[] MAC_ONLY_ENCRYPTED =
            HexFormat.of().parseHex("8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69");

    private static final int LEAST_LINE = 8;
    private static final int MOST_LINES = 1_000;

    private final SopsMetadata metadata;
    private final SopsCipher cipher;
    private final MessageDigest mac;
    private final List<String> path = new ArrayList<>();
    private final Set<String> secrets = new HashSet<>();

    SopsTree(SopsMetadata metadata, SopsCipher cipher) {
        this.metadata = metadata;
        this.cipher = cipher;
        try {
            this.mac = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
        if (metadata.macOnlyEncrypted()) {
            mac.update(MAC_ONLY_ENCRYPTED);
        }
    }

    /** The decrypted document, without its sops block. */
    ObjectNode decrypt(ObjectNode document) throws DecryptionException {
        ObjectNode values = document.objectNode();
        values.setAll(document);
        values.remove("sops");
        return mapping(values);
    }

    /**
     * What was encrypted, as text; of several lines also each line, for templates indent and cut. No booleans: they are no secrets,
     * and everywhere.
     */
    Set<String> secrets() {
        return secrets;
    }

    /** Called after all documents. */
    void checkMac() throws DecryptionException {
        if (metadata.mac().isEmpty()) {
            throw new DecryptionException("has no MAC in its sops block, so nobody knows whether it was changed");
        }
        String written;
        try {
            written = cipher.decrypt(metadata.mac(), metadata.lastModified()).asText();
        } catch (DecryptionException e) {
            throw new DecryptionException("has a MAC that was changed; restore the file, or encrypt it anew");
        }
        String computed = HexFormat.of().withUpperCase().formatHex(mac.digest());
        if (!computed.equals(written)) {
            throw new DecryptionException(
                    "was changed since it was encrypted: its MAC is not that of its values; change it with \"sops edit\"");
        }
    }

    private JsonNode node(JsonNode node) throws DecryptionException {
        return switch (node) {
            case ObjectNode mapping -> mapping(mapping);
            case ArrayNode list -> list(list);
            default -> leaf(node);
        };
    }

    private ObjectNode mapping(ObjectNode mapping) throws DecryptionException {
        ObjectNode result = mapping.objectNode();
        for (Map.Entry<String, JsonNode> field : mapping.properties()) {
            path.add(field.getKey());
            result.set(field.getKey(), node(field.getValue()));
            path.remove(path.size() - 1);
        }
        return result;
    }

    private ArrayNode list(ArrayNode list) throws DecryptionException {
        ArrayNode result = list.arrayNode();
        for (JsonNode item : list) {
            JsonNode value = node(item);
            if (!value.isMissingNode()) {
                result.add(value);
            }
        }
        return result;
    }

    private JsonNode leaf(JsonNode node) throws DecryptionException {
        if (node.isNull()) {
            return node;
        }
        boolean encrypted = metadata.encrypted()
                .map(rule -> rule.test(path))
                .orElse(node.isTextual() && SopsCipher.looksEncrypted(node.textValue()));
        JsonNode value = encrypted ? decrypted(node) : node;
        if (!value.isMissingNode() && (encrypted || !metadata.macOnlyEncrypted())) {
            mac.update(SopsCipher.bytes(value));
        }
        if (encrypted && !value.isBoolean() && !value.isMissingNode()) {
            String text = value.asText();
            secrets.add(text);
            text.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= LEAST_LINE)
                    .limit(MOST_LINES)
                    .forEach(secrets::add);
        }
        return value;
    }

    private JsonNode decrypted(JsonNode node) throws DecryptionException {
        try {
            if (!node.isTextual()) {
                throw new DecryptionException("should be encrypted, and is not");
            }
            return cipher.decrypt(node.textValue(), String.join(":", path) + ":");
        } catch (DecryptionException e) {
            throw new DecryptionException("cannot be decrypted: " + String.join(".", path) + " " + e.getMessage());
        }
    }
}

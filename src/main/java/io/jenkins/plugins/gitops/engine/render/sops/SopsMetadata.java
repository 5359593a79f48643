package io.jenkins.plugins.gitops.engine.render.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What SOPS keeps beside the values, under {@code sops}.
 *
 * @param recipients those of age
 * @param lastModified as it is written; the MAC is bound to it
 * @param mac encrypted like a value
 * @param encrypted by path of keys, whether a value is encrypted; empty when comments decide it, so that only its look tells
 * @param macOnlyEncrypted whether the MAC leaves out values that are not encrypted
 */
record SopsMetadata(
        List<Recipient> recipients,
        String lastModified,
        String mac,
        Optional<Predicate<List<String>>> encrypted,
        boolean macOnlyEncrypted) {
    private static final List<String> OTHER_KEYS = List.of("kms", "gcp_kms", "azure_kv", "hc_vault", "hckms", "pgp");
    private static final String DEFAULT_SUFFIX = "_unencrypted";

    /**
     * The data key for one public key of age.
     *
     * @param enc an armoured text of age
     */
    record Recipient(String name, String enc) {}

    static boolean isThere(JsonNode document) {
        return document.path("sops").path("mac").isTextual();
    }

    static SopsMetadata of(JsonNode sops) throws DecryptionException {
        if (!sops.path("key_groups").isEmpty()) {
            throw new DecryptionException(
                    "has its key shared among groups (key_groups), which is not supported; one group of age keys is");
        }
        List<Recipient> recipients = new ArrayList<>();
        for (JsonNode age : sops.path("age")) {
            recipients.add(new Recipient(
                    age.path("recipient").asText(""), age.path("enc").asText("")));
        }
        if (recipients.isEmpty()) {
            List<String> others = OTHER_KEYS.stream()
                    .filter(kind -> !sops.path(kind).isEmpty())
                    .toList();
            throw new DecryptionException("is encrypted with SOPS for " + String.join(", ", others)
                    + ", and only age keys are supported; add one with \"sops updatekeys\"");
        }
        return new SopsMetadata(
                recipients,
                sops.path("lastmodified").asText(""),
                sops.path("mac").asText(""),
                encrypted(sops),
                sops.path("mac_only_encrypted").asText("").equals("true"));
    }

    private static Optional<Predicate<List<String>>> encrypted(JsonNode sops) throws DecryptionException {
        boolean byComment = Stream.of("encrypted_comment_regex", "unencrypted_comment_regex")
                .anyMatch(sops::hasNonNull);
        if (byComment) {
            return Optional.empty();
        }
        String encryptedSuffix = sops.path("encrypted_suffix").asText("");
        String unencryptedSuffix = sops.path("unencrypted_suffix").asText("");
        String encryptedRegex = sops.path("encrypted_regex").asText("");
        String unencryptedRegex = sops.path("unencrypted_regex").asText("");
        if (!encryptedSuffix.isEmpty()) {
            return Optional.of(path -> path.stream().anyMatch(key -> key.endsWith(encryptedSuffix)));
        }
        if (!encryptedRegex.isEmpty()) {
            Pattern pattern = pattern(encryptedRegex);
            return Optional.of(
                    path -> path.stream().anyMatch(key -> pattern.matcher(key).find()));
        }
        if (!unencryptedRegex.isEmpty()) {
            Pattern pattern = pattern(unencryptedRegex);
            return Optional.of(
                    path -> path.stream().noneMatch(key -> pattern.matcher(key).find()));
        }
        String suffix = unencryptedSuffix.isEmpty() ? DEFAULT_SUFFIX : unencryptedSuffix;
        return Optional.of(path -> path.stream().noneMatch(key -> key.endsWith(suffix)));
    }

    /** The regular expressions are Go's; this library takes the same, and never more than linear time. */
    private static Pattern pattern(String regex) throws DecryptionException {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new DecryptionException(
                    "has a regular expression in its sops block that is wrong: " + e.getMessage());
        }
    }
}

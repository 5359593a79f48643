package io.jenkins.plugins.gitops.engine.render.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.sops.SopsMetadata.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decrypts files that SOPS encrypted for one of the host's age keys, in memory, and checks their MAC. */
public final class Decryption {
    /** What an operator in the cluster decrypts: it is to get there as it is. */
    private static final String OPERATOR_KIND = "SopsSecret";

    private final List<String> keyTexts;
    private Optional<AgeKeys> keys = Optional.empty();

    /** @param ageKeys texts of key files; read when the first encrypted file is */
    public Decryption(List<String> ageKeys) {
        this.keyTexts = List.copyOf(ageKeys);
    }

    /**
     * The documents of one file.
     *
     * @param hidden the texts that were encrypted
     * @param dataKey what they were encrypted with; whoever has it can read the file anyway
     */
    public record Decrypted(List<ObjectNode> documents, HiddenTexts hidden, byte[] dataKey) {}

    /** Whether a value is encrypted, and so of no use to a cluster. */
    public static boolean isEncryptedValue(String text) {
        return SopsCipher.looksEncrypted(text);
    }

    /** Whether SOPS encrypted the file that begins with this document. */
    public static boolean isEncrypted(JsonNode document) {
        return SopsMetadata.isThere(document)
                && !document.path("kind").asText("").equals(OPERATOR_KIND);
    }

    /**
     * Decrypts the documents of one file, of which the first says how.
     *
     * @param file as errors name it
     * @throws InvalidInputException naming the file: no key for it, a key that is none, a value or the MAC was changed
     */
    public Decrypted decrypt(String file, List<ObjectNode> documents) {
        try {
            SopsMetadata metadata = SopsMetadata.of(documents.get(0).path("sops"));
            byte[] dataKey = dataKey(metadata);
            SopsTree tree = new SopsTree(metadata, new SopsCipher(dataKey));
            List<ObjectNode> decrypted = new ArrayList<>();
            for (ObjectNode document : documents) {
                decrypted.add(tree.decrypt(document));
            }
            tree.checkMac();
            return new Decrypted(decrypted, HiddenTexts.of(tree.secrets()), dataKey);
        } catch (DecryptionException e) {
            throw new InvalidInputException(file, e.getMessage());
        }
    }

    private byte[] dataKey(SopsMetadata metadata) throws DecryptionException {
        AgeKeys given = keys();
        for (Recipient recipient : metadata.recipients()) {
            Optional<byte[]> dataKey = AgeFile.parse(recipient.enc()).decrypt(given.all());
            if (dataKey.isPresent()) {
                return dataKey.get();
            }
        }
        String recipients = metadata.recipients().stream().map(Recipient::name).collect(Collectors.joining(", "));
        throw new DecryptionException("is encrypted with SOPS for " + recipients + ", and "
                + (given.all().isEmpty() ? "no age key is given" : "the given age keys are others: " + given)
                + "; give the secret key of one of them (gitops: --age-key-file; Jenkins: a key for encrypted files)");
    }

    private AgeKeys keys() {
        if (keys.isEmpty()) {
            keys = Optional.of(new AgeKeys(keyTexts));
        }
        return keys.get();
    }
}

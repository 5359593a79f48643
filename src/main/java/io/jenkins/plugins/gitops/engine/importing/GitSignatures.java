package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who must have signed what a GitRepository of Flux yields. */
final class GitSignatures {
    private final ForeignObjects objects;

    GitSignatures(ForeignObjects objects) {
        this.objects = objects;
    }

    /** Public keys; those are no secrets although they lie in a Secret. */
    Optional<List<String>> keys(ForeignObject source, Fields verify) {
        Fields secret = verify.block("secretRef");
        Optional<String> name = secret.text("name");
        secret.finish();
        Optional<String> mode = verify.text("mode");
        List<String> keys = name.flatMap(wanted -> objects.find("", "Secret", source.namespace(), wanted))
                .map(GitSignatures::data)
                .orElse(List.of());
        if (name.isPresent() && keys.isEmpty()) {
            verify.unmappedHere(
                    "the Secret with the public keys is not in the input, or holds none, so signatures would not be checked",
                    "give its file too, or write the keys into source.verify.keys, see docs/signatures.md");
        } else if (mode.filter("TagAndHEAD"::equals).isPresent()) {
            verify.note("mode", "either the commit or the tag that leads to it must be signed, not both", "");
        }
        verify.finish();
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private static List<String> data(ForeignObject secret) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : secret.content().path("data").properties()) {
            decoded(entry.getValue().asText()).ifPresent(texts::add);
        }
        secret.content().path("stringData").forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Empty when it is no base64: then it is no key either, and the whole is told when there is no other. */
    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

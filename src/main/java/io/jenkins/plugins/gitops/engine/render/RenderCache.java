package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.Confidential;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what tools made of sources, under all that it depends on, so that a commit which touches none of it costs no
 * rendering. What was made of encrypted files is encrypted again, with a key that only those have who can decrypt the files. A cache
 * that cannot be read or written is as good as none: the tool runs.
 */
final class RenderCache {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> PARTS = new TypeReference<>() {};

    private final Optional<CacheFiles> files;
    private volatile boolean bypassed;

    /** @param folder for what is kept; empty means that nothing is */
    RenderCache(Optional<Path> folder) {
        this.files = folder.map(CacheFiles::new);
    }

    /**
     * A result and where it came from.
     *
     * @param explanation {@code hit} or {@code miss}, and why
     */
    record Answer(Built built, String explanation) {}

    void bypass() {
        bypassed = true;
    }

    /** @param slot the application and its source, for telling what changed since the last time */
    Answer render(String slot, Rendering rendering) {
        if (files.isEmpty()) {
            return new Answer(rendering.run(), "rendered, nothing is kept here");
        }
        Optional<String> unrepeatable = rendering.unrepeatable();
        if (unrepeatable.isPresent()) {
            return new Answer(rendering.run(), "rendered, and not kept: " + unrepeatable.get());
        }
        RenderKey key = RenderKey.of(rendering);
        Optional<Built> kept = bypassed ? Optional.empty() : read(key, rendering.confidential());
        if (kept.isPresent()) {
            String lost = remember(slot, key).map(what -> "; " + what).orElse("");
            return new Answer(
                    kept.get(), "hit: its files, its options and its tool are those of an earlier rendering" + lost);
        }
        String why = bypassed ? "a refresh was asked for" : why(slot, key);
        Built built = rendering.run();
        String lost = write(key, built, rendering.confidential())
                .or(() -> remember(slot, key))
                .map(what -> "; " + what)
                .orElse("");
        return new Answer(built, "miss: " + why + lost);
    }

    private String why(String slot, RenderKey key) {
        try {
            Optional<byte[]> last = files.orElseThrow().read("last/" + slot + ".json");
            return last.isEmpty()
                    ? "it was not rendered here before"
                    : key.changedSince(JSON.readValue(last.get(), PARTS));
        } catch (IOException e) {
            return "what was rendered before cannot be read (" + e.getMessage() + ")";
        }
    }

    private Optional<Built> read(RenderKey key, Optional<Confidential> secret) {
        try {
            Optional<byte[]> kept = files.orElseThrow().read("sets/" + key.digest() + ".json");
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            byte[] text = secret.isPresent() ? new Seal(secret.get().key()).open(kept.get()) : kept.get();
            return Optional.of(JSON.readValue(text, Kept.class).built());
        } catch (IOException e) {
            // As if it had not been kept; the next write replaces it.
            return Optional.empty();
        }
    }

    /** Why it could not be kept; empty when it was. */
    private Optional<String> write(RenderKey key, Built built, Optional<Confidential> secret) {
        try {
            byte[] text = JSON.writeValueAsBytes(Kept.of(built));
            files.orElseThrow()
                    .write(
                            "sets/" + key.digest() + ".json",
                            secret.isPresent() ? new Seal(secret.get().key()).close(text) : text);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it could not be kept (" + e.getMessage() + ")");
        }
    }

    /** As {@link #write}. */
    private Optional<String> remember(String slot, RenderKey key) {
        try {
            files.orElseThrow().write("last/" + slot + ".json", JSON.writeValueAsBytes(key.parts()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it could not be kept (" + e.getMessage() + ")");
        }
    }

    /** The form on the disk. */
    record Kept(List<Document> documents, List<String> warnings) {
        record Document(String file, int document, int line, ObjectNode content) {}

        static Kept of(Built built) {
            List<Document> documents = new ArrayList<>();
            for (Built.Document document : built.documents()) {
                Origin origin = document.origin();
                documents.add(new Document(origin.file(), origin.document(), origin.line(), document.content()));
            }
            return new Kept(documents, built.warnings());
        }

        Built built() {
            List<Built.Document> all = new ArrayList<>();
            for (Document one : documents) {
                all.add(new Built.Document(one.content(), new Origin(one.file(), one.document(), one.line())));
            }
            return new Built(all, warnings);
        }
    }
}

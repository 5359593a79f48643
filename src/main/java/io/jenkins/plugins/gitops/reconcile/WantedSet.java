package io.jenkins.plugins.gitops.reconcile;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A rendered set on its way between a node and the controller: deflated, for thousands of objects are mostly the same words. It
 * holds the data of Secrets; never stored or printed as it is.
 */
public final class WantedSet implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] deflated;

    private record Entry(String file, int document, int line, Set<String> hidden, ObjectNode content) {}

    private WantedSet(byte[] deflated) {
        this.deflated = deflated;
    }

    public static WantedSet of(List<Manifest> manifests) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes);
                SequenceWriter writer = JSON.writer().writeValues(deflater)) {
            for (Manifest manifest : manifests) {
                Origin origin = manifest.origin();
                writer.write(new Entry(
                        origin.file(),
                        origin.document(),
                        origin.line(),
                        manifest.hidden().texts(),
                        manifest.content()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a set is always writable as JSON", e);
        }
        return new WantedSet(bytes.toByteArray());
    }

    /** In the order in which they were given. */
    public List<Manifest> manifests() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(deflated));
                MappingIterator<Entry> entries = JSON.readerFor(Entry.class).readValues(inflater)) {
            while (entries.hasNextValue()) {
                Entry entry = entries.nextValue();
                manifests.add(new Manifest(
                        entry.content(),
                        new Origin(entry.file(), entry.document(), entry.line()),
                        HiddenTexts.of(entry.hidden())));
            }
        }
        return manifests;
    }

    @Override
    public String toString() {
        return "set of " + deflated.length + " bytes";
    }
}

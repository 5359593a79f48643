package io.jenkins.plugins.gitops.engine.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.history.StoredSet.Entry;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The sets of objects that syncs applied, so that any of them can be applied again when Git no longer has it. Content-addressed:
 * a set that is the same as an earlier one is not stored again, and of a new one only the objects that no earlier one had.
 * Secrets, and objects with secret texts in them, are encrypted. Not safe for two writers at once: the host keeps them apart, as
 * {@link History} does.
 */
public final class RenderedSets {
    private static final String SUFFIX = ".set";
    private static final String CONTENT = "content";
    private static final String HIDDEN = "hidden";

    private final Path folder;
    private final HistoryKey key;
    private final Consumer<String> warnings;
    private final ObjectMapper json = new ObjectMapper();

    public RenderedSets(Path folder, HistoryKey key, Consumer<String> warnings) {
        this.folder = folder;
        this.key = key;
        this.warnings = warnings;
    }

    /** @return the set's name: the same for the same objects, whatever files they were written in */
    public String keep(List<Manifest> manifests) throws IOException {
        List<Entry> entries = new ArrayList<>(manifests.size());
        Map<String, Manifest> contents = new HashMap<>();
        for (Manifest manifest : manifests) {
            String object = name(manifest);
            Origin origin = manifest.origin();
            entries.add(new Entry(object, origin.file(), origin.document(), origin.line()));
            contents.put(object, manifest);
        }
        String name = HexFormat.of()
                .formatHex(
                        Sha256.of(entries.stream().map(Entry::object).sorted().collect(Collectors.joining("\n"))));
        if (Files.exists(file(name))) {
            return name;
        }
        SafeFiles.sweep(folder);
        contents.keySet().removeAll(stored().keySet());
        SetFile made = file(entries, contents);
        made.write(file(name));
        return name;
    }

    private SetFile file(List<Entry> entries, Map<String, Manifest> contents) throws IOException {
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        List<StoredObject> objects = new ArrayList<>();
        for (Map.Entry<String, Manifest> content : contents.entrySet()) {
            boolean secret = content.getValue().isConfidential();
            byte[] deflated = deflate(bytes(content.getValue()));
            byte[] body = secret ? key.encrypt(deflated) : deflated;
            objects.add(new StoredObject(content.getKey(), secret, bodies.size(), body.length));
            bodies.writeBytes(body);
        }
        return new SetFile(key.id(), objects, new StoredSet(entries), bodies.toByteArray());
    }

    /**
     * The set, whole.
     *
     * @throws DamagedException naming the file that is gone, torn or encrypted with another key
     */
    public List<Manifest> read(String name) throws IOException {
        SetFile set = SetFile.read(existing(name));
        Map<String, Path> stored = stored();
        Map<Path, Holder> holders = new HashMap<>(Map.of(file(name), Holder.of(file(name), set)));
        List<Manifest> manifests = new ArrayList<>();
        for (Entry entry : set.set().entries()) {
            Path file = stored.get(entry.object());
            if (file == null) {
                throw new DamagedException(
                        file(name) + " needs an object that is no longer stored: " + entry.file() + ":" + entry.line());
            }
            Holder holder = holders.get(file);
            if (holder == null) {
                holder = Holder.of(file, SetFile.read(file));
                holders.put(file, holder);
            }
            Origin origin = new Origin(entry.file(), entry.document(), entry.line());
            manifests.add(manifest(content(holder, entry.object()), origin));
        }
        return manifests;
    }

    /** A file with contents, and what of which object it holds. */
    private record Holder(Path file, SetFile set, Map<String, StoredObject> objects) {
        static Holder of(Path file, SetFile set) {
            Map<String, StoredObject> objects = new HashMap<>();
            set.head().objects().forEach(object -> objects.putIfAbsent(object.name(), object));
            return new Holder(file, set, objects);
        }
    }

    private ObjectNode content(Holder holder, String name) throws IOException {
        StoredObject object = holder.objects().get(name);
        if (object == null) {
            throw new DamagedException(holder.file() + " is damaged: an object is missing");
        }
        byte[] text;
        try {
            byte[] body = holder.set().content(object);
            text = inflate(object.encrypted() ? key.decrypt(body) : body);
        } catch (IOException e) {
            throw new DamagedException(holder.file() + " cannot be used: " + e.getMessage());
        }
        String found = object.encrypted() ? key.name(text) : digest(text);
        if (!found.equals(name) || !(json.readTree(text) instanceof ObjectNode content)) {
            throw new DamagedException(holder.file() + " is damaged: a content does not have its own digest");
        }
        return content;
    }

    /** Forgets all sets but these, and what only the forgotten ones had. */
    public void retain(Set<String> names) throws IOException {
        Map<String, Path> stored = stored();
        Set<Path> needed = new HashSet<>();
        for (String name : names) {
            if (Files.exists(file(name))) {
                needed.add(file(name));
                SetFile.read(file(name)).set().entries().stream()
                        .map(entry -> stored.get(entry.object()))
                        .forEach(needed::add);
            }
        }
        for (Path file : files()) {
            // What cannot be read may be of a newer version: it is not ours to delete.
            if (!needed.contains(file) && readable(file)) {
                Files.deleteIfExists(file);
            }
        }
        SafeFiles.sweep(folder);
    }

    private boolean readable(Path file) throws IOException {
        try {
            SetFile.read(file);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    /** Which file holds each object's content. */
    private Map<String, Path> stored() throws IOException {
        Map<String, Path> stored = new HashMap<>();
        for (Path file : files()) {
            try {
                SetFile.read(file).head().objects().forEach(object -> stored.putIfAbsent(object.name(), file));
            } catch (DamagedException e) {
                warnings.accept(e.getMessage() + "; it was left out");
            }
        }
        return stored;
    }

    private List<Path> files() throws IOException {
        return SafeFiles.list(folder).stream()
                .filter(file -> SafeFiles.name(file).endsWith(SUFFIX))
                .toList();
    }

    private Path existing(String name) throws DamagedException {
        Path file = file(name);
        if (Files.notExists(file)) {
            throw new DamagedException(file + " is gone: the objects of that sync can no longer be restored");
        }
        return file;
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private String name(Manifest manifest) {
        byte[] text = bytes(manifest);
        return manifest.isConfidential() ? key.name(text) : digest(text);
    }

    private static String digest(byte[] text) {
        return HexFormat.of().formatHex(Sha256.of(new String(text, StandardCharsets.UTF_8)));
    }

    /** An object as it is; one that hides texts, which is no Kubernetes object then, with them beside it. */
    private static byte[] bytes(Manifest manifest) {
        ObjectNode stored = manifest.content();
        if (!manifest.hidden().isEmpty()) {
            stored = stored.objectNode();
            stored.set(CONTENT, manifest.content());
            ArrayNode texts = stored.putArray(HIDDEN);
            manifest.hidden().texts().stream().sorted().forEach(texts::add);
        }
        return stored.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Manifest manifest(ObjectNode stored, Origin origin) {
        if (!stored.has(HIDDEN) || !(stored.get(CONTENT) instanceof ObjectNode content)) {
            return new Manifest(stored, origin);
        }
        Set<String> texts = new HashSet<>();
        stored.get(HIDDEN).forEach(text -> texts.add(text.asText()));
        return new Manifest(content, origin, HiddenTexts.of(texts));
    }

    private static byte[] deflate(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] inflate(byte[] deflated) throws IOException {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return inflater.readAllBytes();
        }
    }
}

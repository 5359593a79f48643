package io.jenkins.plugins.gitops.engine.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The file of one set: a line of JSON that says which objects' contents follow, a line that says what the set wanted, and the
 * contents of the objects that no earlier file holds.
 */
record SetFile(Head head, StoredSet set, byte[] contents) {
    private static final int VERSION = 1;

    /**
     * The first line.
     *
     * @param key {@link HistoryKey#id()} of what encrypted the encrypted ones
     */
    record Head(int schemaVersion, String key, List<StoredObject> objects) {
        Head {
            objects = List.copyOf(objects);
        }
    }

    SetFile(String key, List<StoredObject> objects, StoredSet set, byte[] contents) {
        this(new Head(VERSION, key, objects), set, contents);
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                (ReportJson.compact(head) + "\n" + ReportJson.compact(set) + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(contents);
        SafeFiles.write(file, bytes.toByteArray());
    }

    /** @throws DamagedException when the file is torn, of something else, or of a newer version */
    static SetFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int first = lineEnd(file, bytes, 0);
        int second = lineEnd(file, bytes, first + 1);
        try {
            Head head = ReportJson.read(text(bytes, 0, first), Head.class);
            if (head != null && head.schemaVersion() > VERSION) {
                throw new DamagedException(file + " was written by a newer version");
            }
            StoredSet set = ReportJson.read(text(bytes, first + 1, second), StoredSet.class);
            if (head == null || set == null) {
                throw new DamagedException(file + " is damaged, or no set of a history");
            }
            return new SetFile(head, set, Arrays.copyOfRange(bytes, second + 1, bytes.length));
        } catch (JsonProcessingException e) {
            throw new DamagedException(file + " is damaged, or no set of a history");
        }
    }

    byte[] content(StoredObject object) throws DamagedException {
        if (object.offset() < 0 || object.length() < 0 || object.length() > contents.length - object.offset()) {
            throw new DamagedException("the content of " + object.name() + " was cut off");
        }
        return Arrays.copyOfRange(contents, object.offset(), object.offset() + object.length());
    }

    private static int lineEnd(Path file, byte[] bytes, int from) throws DamagedException {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw new DamagedException(file + " is damaged, or no set of a history");
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.gitops.engine.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who did what with one application, as JSON lines in a file that only grows: entries are added, never changed. A line that a death
 * tore stays torn, and is left out with a warning. It does not forget with the attempts; when it has become {@code limit} long
 * it goes on in a new file, and the one before stays beside it. Several processes may write at once.
 */
public final class AuditLog {
    private static final String FILE = "audit.jsonl";
    private static final String EARLIER = "audit.1.jsonl";
    private static final long LIMIT = 16 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Version(int schemaVersion) {}

    private final Path folder;
    private final long limit;
    private final Consumer<String> warnings;

    /** @param folder made when it is not there */
    public AuditLog(Path folder, Consumer<String> warnings) {
        this(folder, LIMIT, warnings);
    }

    /** @param limit in bytes */
    AuditLog(Path folder, long limit, Consumer<String> warnings) {
        this.folder = folder;
        this.limit = limit;
        this.warnings = warnings;
    }

    /** @throws IOException when it cannot be written; what was there before stands */
    public void add(AuditEntry entry) throws IOException {
        byte[] line = (ReportJson.compact(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(folder);
        try (ProcessLock lock = ProcessLock.of(folder.resolve("audit.lock"), PATIENCE)
                .orElseThrow(() -> new IOException("another process has been writing to " + folder + " for 30 s"))) {
            Path file = folder.resolve(FILE);
            if (Files.exists(file) && Files.size(file) > limit) {
                Files.move(file, folder.resolve(EARLIER), StandardCopyOption.REPLACE_EXISTING);
            }
            boolean isNew = Files.notExists(file);
            append(file, line);
            if (isNew) {
                SafeFiles.force(folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another process was writing to " + folder);
        }
    }

    /** All that is kept, the oldest first. */
    public List<AuditEntry> entries() throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        for (String name : List.of(EARLIER, FILE)) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                int number = 0;
                for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    number++;
                    read(file + ":" + number, line).ifPresent(entries::add);
                }
            }
        }
        return entries;
    }

    private static void append(Path file, byte[] line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean torn = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            ByteBuffer left = ByteBuffer.allocate(line.length + 1);
            if (torn) {
                left.put((byte) '\n');
            }
            left.put(line).flip();
            try {
                long position = end;
                while (left.hasRemaining()) {
                    position += channel.write(left, position);
                }
                channel.force(true);
            } catch (IOException e) {
                // A full disk: half a line is worse than none.
                channel.truncate(end);
                throw e;
            }
        }
    }

    private Optional<AuditEntry> read(String place, String line) throws IOException {
        if (line.isBlank()) {
            return Optional.empty();
        }
        AuditEntry entry;
        try {
            Version version = ReportJson.read(line, Version.class);
            if (version != null && version.schemaVersion() > AuditEntry.SCHEMA_VERSION) {
                warnings.accept(place + " was written by a newer version; it was left out");
                return Optional.empty();
            }
            entry = ReportJson.read(line, AuditEntry.class);
        } catch (JsonProcessingException e) {
            return damaged(place);
        }
        boolean isWhole = entry != null && entry.action() != null && entry.time() != null;
        return isWhole ? Optional.of(entry) : damaged(place);
    }

    private Optional<AuditEntry> damaged(String place) {
        warnings.accept(place + " is damaged, or no entry of an audit log; it was left out");
        return Optional.empty();
    }
}

package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.render.build.KeptEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Files of a cache, readable by this user alone, since rendered Secrets are among them. Bounded: what was used longest ago
 * goes first. Many processes may use one folder.
 */
final class CacheFiles {
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_FILES = 4_000;

    private final Path folder;
    private final long mostBytes;

    CacheFiles(Path folder) {
        this(folder, MOST_BYTES);
    }

    CacheFiles(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    Optional<byte[]> read(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            byte[] content = Files.readAllBytes(file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Path kind = Files.createDirectories(Objects.requireNonNull(file.getParent()));
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        Path beside = Files.createTempFile(kind, "new-", ".part");
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        bound(kind);
    }

    private void bound(Path of) throws IOException {
        List<KeptEntry> entries = KeptEntry.in(of);
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).size();
            if (i > 0 && (bytes > mostBytes || i >= MOST_FILES)) {
                Files.deleteIfExists(entries.get(i).path());
            }
        }
    }
}

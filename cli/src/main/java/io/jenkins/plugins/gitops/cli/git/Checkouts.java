package io.jenkins.plugins.gitops.cli.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * The checkouts of one repository, a folder for each commit. A folder that has a commit's name is complete: it was made
 * under another name and renamed. All methods are called under the repository's {@link CacheLock}.
 */
final class Checkouts {
    private static final int KEPT = 5;
    /** A checkout used so recently may still be read by another process. */
    private static final Duration IN_USE = Duration.ofMinutes(10);

    private final Path folder;

    Checkouts(Path folder) {
        this.folder = folder;
    }

    Optional<Path> find(String commit) throws IOException {
        Path checkout = folder.resolve(commit);
        if (!Files.isDirectory(checkout)) {
            return Optional.empty();
        }
        Files.setLastModifiedTime(checkout, FileTime.from(Instant.now()));
        return Optional.of(checkout);
    }

    Path create(Repository repository, ObjectId commit) throws IOException {
        Files.createDirectories(folder);
        removeOld();
        Path temporary = Files.createTempDirectory(folder, "unfinished-");
        try {
            new TreeWriter(repository).write(commit, temporary);
            Path checkout = folder.resolve(commit.name());
            Files.move(temporary, checkout, StandardCopyOption.ATOMIC_MOVE);
            return checkout;
        } finally {
            delete(temporary);
        }
    }

    private void removeOld() throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(folder)) {
            found = entries.sorted(Comparator.comparing(Checkouts::lastUse).reversed())
                    .toList();
        }
        Instant recent = Instant.now().minus(IN_USE);
        int kept = 0;
        for (Path entry : found) {
            boolean unfinished = entry.getFileName().toString().startsWith("unfinished-");
            if (unfinished || (++kept >= KEPT && lastUse(entry).isBefore(recent))) {
                delete(entry);
            }
        }
    }

    private static Instant lastUse(Path checkout) {
        try {
            return Files.getLastModifiedTime(checkout).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

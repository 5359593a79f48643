package io.jenkins.plugins.gitops.engine.render.build;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder beside the checkout for one rendering; it goes with all that is in it. Readable by this user alone. */
public final class ScratchFolder implements AutoCloseable {
    private static final String PLAIN = "gitops-plain-";
    private static final List<Path> MEMORY =
            Stream.of("/dev/shm", "/run/shm").map(Path::of).toList();
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final Path path;

    /** In the system's folder for temporary files. */
    public ScratchFolder() {
        try {
            path = Files.createTempDirectory("gitops-render-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder cannot be made: " + e.getMessage(), e);
        }
    }

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /**
     * One in memory, for what must not reach a disk. What a process that was killed left there goes with the next one made, an hour
     * later.
     *
     * @param why it is needed, for the error
     * @throws InvalidInputException where the system has no file system in memory
     */
    public static ScratchFolder inMemory(String why) {
        for (Path memory : MEMORY) {
            try {
                if (Files.isWritable(memory)
                        && IN_MEMORY.contains(Files.getFileStore(memory).type())) {
                    sweep(memory);
                    return new ScratchFolder(
                            Files.createTempDirectory(memory, PLAIN).toRealPath());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("a folder in memory cannot be made: " + e.getMessage(), e);
            }
        }
        throw new InvalidInputException(
                why, "needs a folder in memory, " + MEMORY.get(0) + " (tmpfs), and this machine has none");
    }

    private static void sweep(Path memory) throws IOException {
        Instant old = Instant.now().minus(1, ChronoUnit.HOURS);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(memory, PLAIN + "*")) {
            for (Path folder : left) {
                boolean ours = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getOwner(Path.of(System.getProperty("user.home"))));
                if (ours && Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                    delete(folder);
                }
            }
        } catch (NoSuchFileException e) {
            // Another process was here first.
            return;
        }
    }

    /** Without symbolic links. */
    public Path path() {
        return path;
    }

    /** A new folder in it. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + path + " cannot be removed", e);
        }
    }

    /** Removes a folder and all that is in it; links are removed, not followed. */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

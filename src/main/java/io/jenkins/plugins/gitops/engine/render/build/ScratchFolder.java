package io.jenkins.plugins.gitops.engine.render.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder beside the checkout for one rendering; it goes with all that is in it. */
public final class ScratchFolder implements AutoCloseable {
    private final Path path;

    /** In the system's folder for temporary files, readable by this user alone. */
    public ScratchFolder() {
        try {
            path = Files.createTempDirectory("gitops-render-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder cannot be made: " + e.getMessage(), e);
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

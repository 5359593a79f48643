package io.jenkins.plugins.gitops.engine.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Files that are whole or not there, whatever moment the process or the machine dies at: written beside their place, forced to
 * the disk, and then moved, which is forced too. What a death leaves behind begins with a dot and ends with {@code .tmp}; the next writer of the
 * folder takes it away.
 */
public final class SafeFiles {
    private static final String TEMPORARY = ".tmp";

    private SafeFiles() {}

    /** @throws IOException when the disk is full or refuses; then the old file, or none, stands as before */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".", TEMPORARY);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            move(temporary, file);
            force(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes last what happened to the names in a folder. Where folders cannot be forced, as on Windows, the system does it in time. */
    static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Call it only while no other process writes to the folder. */
    public static void sweep(Path folder) throws IOException {
        for (String name : names(folder)) {
            if (name.startsWith(".") && name.endsWith(TEMPORARY)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    /** What is in the folder, in the order of names; nothing when there is no folder. */
    static List<Path> list(Path folder) throws IOException {
        return Stream.of(names(folder)).sorted().map(folder::resolve).toList();
    }

    /** The same in no order, and without the cost of a path for each: a long history has thousands. */
    static String[] names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new String[0];
        }
        String[] names = folder.toFile().list();
        if (names == null) {
            throw new IOException(folder + " cannot be listed");
        }
        return names;
    }

    static String name(Path file) {
        return Objects.toString(file.getFileName(), "");
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

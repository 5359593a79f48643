package io.jenkins.plugins.gitops.engine.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The disk of the machine, on which every step of writing is counted and one of them goes wrong. A step is: a file is made,
 * bytes are written, a file or a folder is forced, moved, linked, cut off or deleted. Used by one thread.
 *
 * <p>After a death every call fails, those of {@code finally} blocks too, so that the disk is as the death left it. A machine that
 * dies moreover loses what was not forced: bytes of files, and what happened to a folder's entries.
 */
public final class FaultyFiles {
    /** What goes wrong. */
    public enum Fault {
        /** Half of what is being written is there, and all before. */
        processDies,
        /** Of what was not forced nothing is there. */
        machineDies,
        /** Half of what is being written is there; from then on nothing more can be written, but deleted and moved. */
        diskIsFull
    }

    /** The end of the process. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("the process is dead");
        }
    }

    enum Step {
        make,
        write,
        force,
        move,
        delete
    }

    private interface Undo {
        void run() throws IOException;
    }

    private record Entry(Path folder, Undo undo) {}

    private final Fault fault;
    private final int at;
    private final Runnable death;
    private final List<Entry> unforcedEntries = new ArrayList<>();
    private final Map<Path, Long> forcedLengths = new HashMap<>();
    private int steps;
    private int opened;
    private boolean happened;

    /** @param at the step that goes wrong, from 1; 0 for none */
    public FaultyFiles(Fault fault, int at) {
        this(fault, at, () -> {
            throw new Death();
        });
    }

    /** @param death what ends the process */
    FaultyFiles(Fault fault, int at, Runnable death) {
        this.fault = fault;
        this.at = at;
        this.death = death;
    }

    /** The same file, but on this disk. */
    public Path on(Path real) {
        return FaultyPath.of(real, new FaultyFileSystem(this));
    }

    public int steps() {
        return steps;
    }

    /** How many files were opened. */
    public int opened() {
        return opened;
    }

    public boolean happened() {
        return happened;
    }

    /** The machine is started again. */
    public void restart() throws IOException {
        if (fault != Fault.machineDies || !happened) {
            return;
        }
        for (Entry entry : unforcedEntries.reversed()) {
            entry.undo().run();
        }
        for (Map.Entry<Path, Long> file : forcedLengths.entrySet()) {
            if (Files.exists(file.getKey()) && Files.size(file.getKey()) > file.getValue()) {
                try (var channel = java.nio.channels.FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
                    channel.truncate(file.getValue());
                }
            }
        }
    }

    /** Before any call, reading ones too. */
    void alive() {
        if (happened && fault != Fault.diskIsFull) {
            death.run();
        }
    }

    /** Before a step other than writing. */
    void step(Step step) throws IOException {
        if (isBad(step)) {
            if (fault == Fault.diskIsFull) {
                throw full();
            }
            death.run();
        }
    }

    /** @param write writes a buffer */
    int write(ByteBuffer bytes, Writer write) throws IOException {
        if (!isBad(Step.write)) {
            return write.write(bytes);
        }
        ByteBuffer half = bytes.slice(bytes.position(), bytes.remaining() / 2);
        while (half.hasRemaining()) {
            write.write(half);
        }
        if (fault == Fault.diskIsFull) {
            throw full();
        }
        death.run();
        return 0;
    }

    interface Writer {
        int write(ByteBuffer bytes) throws IOException;
    }

    private boolean isBad(Step step) {
        alive();
        boolean needsSpace = step != Step.move && step != Step.delete;
        if (fault == Fault.diskIsFull && !needsSpace) {
            return false;
        }
        steps++;
        if (steps == at) {
            happened = true;
        }
        return happened;
    }

    private static IOException full() {
        return new IOException("No space left on device");
    }

    void opens() {
        alive();
        opened++;
    }

    void made(Path file) {
        forcedLengths.put(file, 0L);
        unforcedEntries.add(new Entry(file.getParent(), () -> Files.deleteIfExists(file)));
    }

    void linked(Path link, Path existing) {
        made(link);
        forcedLengths.put(link, forcedLengths.getOrDefault(existing, size(existing)));
    }

    void opened(Path file) {
        forcedLengths.computeIfAbsent(file, FaultyFiles::size);
    }

    void forcedFile(Path file) {
        forcedLengths.put(file, size(file));
    }

    void forcedFolder(Path folder) {
        unforcedEntries.removeIf(entry -> entry.folder().equals(folder));
    }

    /** Before it is done. */
    void moves(Path from, Path to) throws IOException {
        byte[] replaced = Files.exists(to) ? Files.readAllBytes(to) : null;
        Long length = forcedLengths.remove(from);
        if (length != null) {
            forcedLengths.put(to, length);
        }
        unforcedEntries.add(new Entry(to.getParent(), () -> {
            if (Files.exists(to)) {
                Files.move(to, from, StandardCopyOption.REPLACE_EXISTING);
            }
            restore(to, replaced);
        }));
    }

    /** Before it is done. */
    void deletes(Path file) throws IOException {
        byte[] content = Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        forcedLengths.remove(file);
        unforcedEntries.add(new Entry(file.getParent(), () -> restore(file, content)));
    }

    private static void restore(Path file, byte[] content) throws IOException {
        if (content != null) {
            Files.write(file, content);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

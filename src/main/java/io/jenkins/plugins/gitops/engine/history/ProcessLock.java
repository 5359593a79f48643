package io.jenkins.plugins.gitops.engine.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** A lock among the threads of this process and other processes. The system frees it when the process dies. */
public final class ProcessLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param file made when it is not there, with its folders; never removed
     * @return empty when others have had it for so long
     */
    public static Optional<ProcessLock> of(Path file, Duration atMost) throws IOException, InterruptedException {
        Files.createDirectories(SafeFiles.folder(file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + atMost.toNanos();
        boolean taken = false;
        try {
            while (!taken && System.nanoTime() <= end) {
                taken = isFree(channel);
                if (!taken) {
                    Thread.sleep(PAUSE);
                }
            }
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new ProcessLock(channel)) : Optional.empty();
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

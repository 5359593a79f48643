package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.model.ClusterException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps a second process, or a second thread, out of a repository's cache. The system frees it when the process ends. */
final class CacheLock implements AutoCloseable {
    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    static CacheLock acquire(Path file, Duration atMost) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!taken(channel)) {
                if (System.nanoTime() > end) {
                    throw new ClusterException("Another process has been fetching into " + file.getParent() + " for "
                            + atMost.toMinutes() + " minutes. Wait for it, or stop it, and try again.");
                }
                Thread.sleep(50);
            }
            return new CacheLock(channel);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while another process was fetching");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

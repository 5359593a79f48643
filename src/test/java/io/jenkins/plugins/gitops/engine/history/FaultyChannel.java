package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.history.FaultyFiles.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** An open file of {@link FaultyFiles}. It can always be closed: the system does that for the dead too. */
final class FaultyChannel extends FileChannel {
    private final FileChannel real;
    private final Path file;
    private final FaultyFiles faults;
    private final boolean forces;

    /** @param forces whether each write is forced by itself */
    FaultyChannel(FileChannel real, Path file, FaultyFiles faults, boolean forces) {
        this.real = real;
        this.file = file;
        this.faults = faults;
        this.forces = forces;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = faults.write(bytes, real::write);
        if (forces) {
            faults.forcedFile(file);
        }
        return written;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        int start = bytes.position();
        return faults.write(bytes, part -> real.write(part, position + part.position() - (part == bytes ? start : 0)));
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException("count its steps first");
    }

    /** The real disk is not asked: that would only take time. */
    @Override
    public void force(boolean metadata) throws IOException {
        faults.step(Step.force);
        if (Files.isDirectory(file)) {
            faults.forcedFolder(file);
        } else {
            faults.forcedFile(file);
        }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        faults.step(Step.delete);
        real.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        faults.alive();
        return real.read(into);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        faults.alive();
        return real.read(into, position);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        faults.alive();
        return real.read(into, offset, length);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        faults.alive();
        return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        faults.alive();
        return real.transferTo(position, count, to);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
        throw new UnsupportedOperationException("count its steps first");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("count its steps first");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        faults.alive();
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        faults.alive();
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}

package io.jenkins.plugins.gitops.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What goes to the process's stdout, and the first error of it: a {@link PrintStream} drops errors, and a result on a full disk
 * would pass for a whole one.
 */
final class ProcessOutput extends FilterOutputStream {
    private volatile IOException failure;

    ProcessOutput(OutputStream target) {
        super(target);
    }

    static ProcessOutput ofStdout() {
        return new ProcessOutput(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    /** Empty too when the reader went away before the end ({@code gitops … | head}): it had all it wanted. */
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(IOException::getMessage).filter(why -> !why.contains("Broken pipe"));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException e) {
        if (failure == null) {
            failure = e;
        }
        return e;
    }
}

package io.jenkins.plugins.gitops.engine.render.build;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Runs a tool as a child process that sees nothing but what it is given: no environment variable of this process, no
 * standard input. It is stopped, with all that it started, when it takes longer, prints more or needs more memory than the
 * limits, and when the calling thread is interrupted.
 */
public final class ToolProcess {
    private static final int ERROR_CHARACTERS = 32 << 10;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Path SHELL = Path.of(File.separator, "bin", "sh");

    private final ToolLimits limits;

    public ToolProcess(ToolLimits limits) {
        this.limits = limits;
    }

    /**
     * Runs a command to its end, whatever its exit code.
     *
     * @param shown what errors call the run, such as {@code helm template}
     * @param folder in which it starts
     * @param environment all that it gets
     * @throws InvalidInputException when it cannot be started or goes over a limit
     * @throws CancellationException when the calling thread is interrupted
     */
    public ToolOutput run(String shown, List<String> command, Path folder, Map<String, String> environment) {
        Process process = start(shown, command, folder, environment);
        Bounded output = new Bounded(process.getInputStream(), limits.outputBytes(), process);
        Tail errors = new Tail(process.getErrorStream());
        Thread[] readers = {
            Thread.ofPlatform().daemon().name(shown + " output").start(output),
            Thread.ofPlatform().daemon().name(shown + " errors").start(errors)
        };
        try {
            boolean ended = process.waitFor(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process);
            }
            for (Thread reader : readers) {
                reader.join(LAST_WORDS);
            }
            // Only now: it closes the pipes, and what is still in them would be lost.
            kill(process);
            if (output.overflown) {
                throw new InvalidInputException(
                        shown, "prints more than the limit of " + limits.outputBytes() + " bytes; it was stopped");
            }
            if (!ended) {
                throw new InvalidInputException(
                        shown, "did not end within " + spoken(limits.timeout()) + " and was stopped");
            }
            ToolOutput result = new ToolOutput(process.exitValue(), output.bytes(), errors.text());
            refuseExhausted(shown, result);
            return result;
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw new CancellationException(shown + " was stopped by request");
        }
    }

    private Process start(String shown, List<String> command, Path folder, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(limited(command)).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(speed());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new InvalidInputException(shown, "cannot be started: " + e.getMessage());
        }
    }

    /**
     * A tool written in Go, as all of them are, spends up to half of a short run on collecting garbage. With these it collects
     * when its data have grown fivefold, and as ever near the limit.
     */
    private Map<String, String> speed() {
        return Map.of("GOGC", "400", "GOMEMLIMIT", Long.toString(limits.memoryBytes() / 4 * 3));
    }

    /** The kernel counts what a process may write to (RLIMIT_DATA), not the address space that Go reserves. */
    private List<String> limited(List<String> command) {
        if (!System.getProperty("os.name").equals("Linux") || !Files.isExecutable(SHELL)) {
            return command;
        }
        List<String> all = new ArrayList<>(
                List.of(SHELL.toString(), "-c", "ulimit -d \"$0\"; exec \"$@\"", "" + (limits.memoryBytes() >> 10)));
        all.addAll(command);
        return all;
    }

    private void refuseExhausted(String shown, ToolOutput result) {
        boolean exhausted = !result.succeeded()
                && (result.errors().contains("out of memory")
                        || result.errors().contains("cannot allocate memory")
                        || result.errors().contains("failed to allocate"));
        // Go's collector does not expect to be refused memory, and crashes on its own stack, that of goroutine 0.
        boolean crashed = !result.succeeded()
                && result.errors().contains("SIGSEGV: segmentation violation")
                && result.errors().contains("goroutine 0 ");
        if (exhausted || crashed) {
            throw new InvalidInputException(
                    shown,
                    (exhausted ? "" : "crashed, as a tool does that ") + "needs more than the limit of "
                            + (limits.memoryBytes() >> 20) + " MiB of memory");
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> started = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static String spoken(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** Keeps what comes, up to a limit; one byte more stops the process. */
    private static final class Bounded implements Runnable {
        private final InputStream in;
        private final int limit;
        private final Process process;
        private byte[] read = new byte[0];
        private volatile boolean overflown;

        Bounded(InputStream in, int limit, Process process) {
            this.in = in;
            this.limit = limit;
            this.process = process;
        }

        @Override
        public void run() {
            try {
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    overflown = true;
                    kill(process);
                }
                keep(bytes);
            } catch (IOException e) {
                // The stream of a process that was killed; what it printed is of no use.
                keep(new byte[0]);
            }
        }

        private synchronized void keep(byte[] bytes) {
            read = bytes;
        }

        synchronized byte[] bytes() {
            return read;
        }
    }

    /** Keeps the end of what comes, where the reason of a failure stands. */
    private static final class Tail implements Runnable {
        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8 << 10];
            try {
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    append(buffer, length);
                }
            } catch (IOException e) {
                // The stream of a process that was killed: what came before is kept.
                append(new byte[0], 0);
            }
        }

        private synchronized void append(byte[] buffer, int length) {
            kept.write(buffer, 0, length);
            if (kept.size() > 4 * ERROR_CHARACTERS) {
                byte[] all = kept.toByteArray();
                kept.reset();
                kept.write(all, all.length - ERROR_CHARACTERS, ERROR_CHARACTERS);
            }
        }

        synchronized String text() {
            String text = kept.toString(StandardCharsets.UTF_8).strip();
            return text.length() > ERROR_CHARACTERS ? "… " + text.substring(text.length() - ERROR_CHARACTERS) : text;
        }
    }
}

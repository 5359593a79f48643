package io.jenkins.plugins.gitops.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a signal end a command in an orderly way: its thread is interrupted and gets time to stop its writes and to say how
 * far it came. A command that then ends with 0 ends the process with 0; otherwise the process ends as the signal says it
 * (130 after SIGINT, 143 after SIGTERM).
 */
final class Stop {
    private final Thread worker;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = -1;
    private volatile Duration patience = Duration.ofSeconds(15);
    private volatile int codeWithoutPatience = -1;

    Stop(Thread worker) {
        this.worker = worker;
    }

    /** For a command that must be gone after this time, whatever it is doing, and then ends with 0. */
    void within(Duration limit) {
        patience = limit;
        codeWithoutPatience = ExitCode.DONE;
    }

    void onSignal() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        } catch (IllegalStateException alreadyEnding) {
            // The signal came before the command: nothing has begun that would need an orderly end.
            return;
        }
    }

    /** The command has ended and written all it had to. */
    int ended(int code) {
        exitCode = code;
        ended.countDown();
        return code;
    }

    private void stop() {
        if (ended.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            boolean inTime = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            int code = inTime ? exitCode : codeWithoutPatience;
            if (code == ExitCode.DONE) {
                System.out.flush();
                Runtime.getRuntime().halt(ExitCode.DONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

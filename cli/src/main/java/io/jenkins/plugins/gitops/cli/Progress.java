package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import java.io.PrintStream;
import java.util.List;

/**
 * Shows a sync's progress on stderr: on a terminal one line that is written over, elsewhere a line for each wave and for
 * each new thing that is waited for.
 */
final class Progress implements SyncListener, AutoCloseable {
    private static final int WIDTH = 100;

    private final PrintStream err;
    private final boolean live;
    private final Style style;
    private List<String> waitedFor = List.of();
    private boolean lineIsOpen;

    Progress(Console console) {
        this.err = console.err();
        this.live = console.errIsTerminal();
        this.style = console.errorStyle();
    }

    @Override
    public synchronized void on(Event event) {
        switch (event) {
            case Comparing comparing -> over("Comparing " + comparing.objects() + " objects with the cluster");
            case Planned planned -> line(planned.tasks() + " to write or prune, " + planned.unchanged() + " unchanged");
            case WaveStarted wave -> line(wave.phase() + ", wave " + wave.wave() + ": " + wave.tasks() + " objects");
            case ObjectDone done -> objectDone(done);
            case Retrying retrying ->
                line("Trying again in " + Durations.spoken(retrying.pause()) + " (" + retrying.retry() + " of "
                        + retrying.limit() + "), because: " + retrying.why());
            case AwaitingLock lock ->
                line("Waiting for the lock of another sync by this controller (" + lock.holder() + "): at most until "
                        + lock.until());
            case LockLeft lock ->
                line("Warning: " + lock.why() + "; until it ends by itself, at " + lock.until()
                        + ", the next sync waits");
            case Waiting waiting -> waiting(waiting.unhealthy());
        }
    }

    private void objectDone(ObjectDone done) {
        if (done.object().action() == Action.failed) {
            line(new SyncText(style).line(done.object()));
        } else {
            over("[" + done.done() + "/" + done.total() + "] " + done.object().action() + " "
                    + done.object().key());
        }
    }

    private void waiting(List<String> unhealthy) {
        if (unhealthy.isEmpty()) {
            return;
        }
        String more = unhealthy.size() > 1 ? " and " + (unhealthy.size() - 1) + " more" : "";
        if (live) {
            over("Waiting: " + unhealthy.get(0) + more);
        } else if (!unhealthy.equals(waitedFor)) {
            line("Waiting: " + String.join("; ", unhealthy.subList(0, Math.min(3, unhealthy.size())))
                    + (unhealthy.size() > 3 ? " and " + (unhealthy.size() - 3) + " more" : ""));
        }
        waitedFor = List.copyOf(unhealthy);
    }

    private void over(String text) {
        if (live) {
            String line = text.lines().findFirst().orElse("");
            err.print("\r\u001b[K" + style.dim(line.substring(0, Math.min(WIDTH, line.length()))));
            err.flush();
            lineIsOpen = true;
        }
    }

    private void line(String text) {
        close();
        err.println(text);
    }

    /** Takes the live line away, so that what follows starts on an empty one. */
    @Override
    public synchronized void close() {
        if (lineIsOpen) {
            err.print("\r\u001b[K");
            err.flush();
            lineIsOpen = false;
        }
    }
}

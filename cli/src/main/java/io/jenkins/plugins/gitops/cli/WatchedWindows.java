package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.window.SyncWindows;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The sync windows of a watched application: what is due waits for them, is told of once, and is due again at their opening. */
final class WatchedWindows {
    private final SyncWindows windows;
    private String told = "";
    private Instant opening = Instant.MAX;

    WatchedWindows(SyncWindows windows) {
        this.windows = windows;
    }

    /** A round of the watch begins: what waits for the windows has to ask again. */
    void look(Instant now) {
        opening = Instant.MAX;
        if (windows.at(now).allows(false)) {
            told = "";
        }
    }

    /** When something that was not allowed in this round may begin; {@link Instant#MAX} when nothing waits. */
    Instant opening() {
        return opening;
    }

    /**
     * Whether the watch may write.
     *
     * @param what is due, before the revision in a sentence
     */
    boolean allow(Instant now, String what, String revision, Consumer<WatchEvent> events) {
        Optional<String> refusal = windows.refusal(now, false);
        if (refusal.isEmpty()) {
            return true;
        }
        opening = windows.opening(now, false).orElse(Instant.MAX);
        String news = what + revision + opening;
        if (!news.equals(told)) {
            told = news;
            events.accept(WatchEvent.of(
                    WatchEvent.Kind.blocked,
                    revision,
                    what + " " + Revisions.shortened(revision) + " waits: " + refusal.get()));
        }
        return false;
    }
}

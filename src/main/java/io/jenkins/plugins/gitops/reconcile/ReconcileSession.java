package io.jenkins.plugins.gitops.reconcile;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Util;
import hudson.console.ExpandableDetailsNote;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The controller's side of one run. It does not travel: an agent gets a proxy. */
@SuppressFBWarnings(value = "SE_TRANSIENT_FIELD_NOT_RESTORED", justification = "It does not travel")
final class ReconcileSession implements ReconcileSink {
    private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<ReconcileOutcome> lastWord = new CompletableFuture<>();
    private final transient Supplier<Optional<String>> newerRevision;

    ReconcileSession(Supplier<Optional<String>> newerRevision) {
        this.newerRevision = newerRevision;
    }

    @Override
    public String fold(String caption, String[] lines) {
        return ExpandableDetailsNote.encodeTo(caption, "<pre>" + Util.xmlEscape(String.join("\n", lines)) + "</pre>");
    }

    @Override
    public String newerRevision() {
        return newerRevision.get().orElse("");
    }

    @Override
    public void stopped(ReconcileOutcome outcome) {
        lastWord.complete(outcome);
    }

    /** What an interrupted node still said; null when it does not say it in time, or nobody wants to wait any more. */
    ReconcileOutcome lastWord(Duration patience) {
        try {
            return lastWord.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return null;
        }
    }
}

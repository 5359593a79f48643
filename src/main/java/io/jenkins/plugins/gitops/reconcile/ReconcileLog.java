package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The console log of one run: a section for each stage, a line for each object with what was done and how long it took.
 * Differences are folded: the line says how many, a button shows them.
 */
final class ReconcileLog implements SyncListener {
    private static final int WAITED_FOR = 3;

    private final PrintStream out;
    private final BiFunction<String, String[], String> fold;
    private final UnaryOperator<String> mask;
    private long stageStart = System.nanoTime();
    private List<String> waitedFor = List.of();

    /**
     * @param fold makes a text that hides lines behind a caption
     * @param mask takes credentials out of a text
     */
    ReconcileLog(PrintStream out, BiFunction<String, String[], String> fold, UnaryOperator<String> mask) {
        this.out = out;
        this.fold = fold;
        this.mask = mask;
    }

    void begin(ReconcileRequest request) {
        line(what(request) + " of " + request.application().name()
                + (request.revision().isEmpty() ? "" : " at " + request.revision())
                + " with " + request.access()
                + ", namespace " + request.application().destination().namespace());
    }

    private static String what(ReconcileRequest request) {
        if (request.toDelete().isPresent()) {
            return "Deletion";
        }
        if (request.renderOnly()) {
            return "Rendering";
        }
        return switch (request.mode()) {
            case sync ->
                request.toRestore().isPresent() && request.objects().healed().isEmpty() ? "Rollback" : "Sync";
            case check -> "Drift check";
            case dryRun -> "Dry run of a sync";
        };
    }

    void refreshing() {
        line("Hard refresh: nothing is used that was rendered before, or is remembered of what the cluster serves");
    }

    void rendering(Source source) {
        String what = source.isChart() ? "the chart " + source.chart() + " of " + source.repository() : source.path();
        section("Render " + (what.isEmpty() ? "the source" : what));
    }

    /** @param line which one, in which version */
    void tool(String line) {
        line(line);
    }

    void rendered(Rendered rendered) {
        rendered.warnings().forEach(this::warn);
        line(objects(rendered.manifests().size()) + " rendered in " + stageTime());
    }

    void restoring(int count) {
        section("Take the " + objects(count) + " of an earlier sync; the source is not read");
    }

    void comparing(int count) {
        section("Compare " + objects(count) + " with the cluster");
    }

    void compared(DriftReport report) {
        report.objects().stream().filter(DriftLines::isWorthShowing).forEach(this::drifted);
        report.warnings().forEach(this::warn);
        line(report.verdict() + ": " + counts(report.objects(), ObjectDrift::verdict) + "; compared in " + stageTime());
    }

    void syncing(boolean dryRun) {
        section(dryRun ? "Sync, as a dry run" : "Sync");
    }

    void deleting(boolean keepObjects) {
        section(keepObjects ? "Release the objects, and delete the inventory" : "Delete");
    }

    void synced(SyncReport report) {
        report.objects().stream().filter(ReconcileLog::isLeft).forEach(object -> line("  " + done(object)));
        line(report.result() + ": " + counts(report.objects(), ObjectSync::action)
                + (report.health() == null ? "" : "; health " + report.health())
                + "; in " + seconds(report.durationMs()));
        if (!report.message().isEmpty()) {
            line(report.message());
        }
    }

    private static boolean isLeft(ObjectSync object) {
        return object.action() == ObjectSync.Action.skipped || object.action() == ObjectSync.Action.waiting;
    }

    void warn(String text) {
        line("WARNING: " + text);
    }

    @Override
    public synchronized void on(Event event) {
        switch (event) {
            case Comparing comparing -> comparing(comparing.objects());
            case Planned planned ->
                line(objects(planned.tasks()) + " to write or prune, " + planned.unchanged() + " to leave as they are");
            case WaveStarted wave -> line(wave.phase() + ", wave " + wave.wave() + ": " + objects(wave.tasks()));
            case ObjectDone done -> {
                if (!isLeft(done.object())) {
                    line("  " + done(done.object()));
                }
            }
            case Retrying retrying ->
                line("trying again in " + seconds(retrying.pause().toMillis()) + " (" + retrying.retry() + " of "
                        + retrying.limit() + "), because: " + retrying.why());
            case AwaitingLock lock ->
                line("waiting for the lock of an earlier sync that did not end in order (" + lock.holder()
                        + "): at most until " + lock.until());
            case LockLeft lock ->
                warn(lock.why() + "; until it ends by itself, at " + lock.until() + ", the next sync waits");
            case Waiting waiting -> waiting(waiting.unhealthy());
        }
    }

    private void waiting(List<String> unhealthy) {
        if (unhealthy.isEmpty() || unhealthy.equals(waitedFor)) {
            return;
        }
        waitedFor = List.copyOf(unhealthy);
        int more = unhealthy.size() - WAITED_FOR;
        line("  waiting: " + String.join("; ", unhealthy.subList(0, Math.min(WAITED_FOR, unhealthy.size())))
                + (more > 0 ? "; and " + more + " more" : ""));
    }

    private static String done(ObjectSync object) {
        boolean failed = object.action() == ObjectSync.Action.failed;
        return String.format("%-10s  %6d ms  %s", object.action(), object.durationMs(), object.key())
                + (object.hook() && !failed ? " (" + object.phase() + " hook)" : "")
                + (object.message().isEmpty() ? "" : ": " + object.message())
                + (failed && !object.origin().isEmpty() ? " (" + object.origin() + ")" : "");
    }

    private void drifted(ObjectDrift object) {
        DriftLines lines = new DriftLines(object);
        String summary = "  " + lines.summary();
        List<String> details = lines.details();
        if (details.isEmpty()) {
            line(summary);
        } else {
            String[] masked = details.stream().map(mask).toArray(String[]::new);
            out.println(mask.apply(summary) + " " + fold.apply(lines.caption(), masked));
        }
    }

    private void section(String title) {
        stageStart = System.nanoTime();
        out.println();
        line("=== " + title);
    }

    private void line(String text) {
        out.println(mask.apply(text));
    }

    private String stageTime() {
        return seconds((System.nanoTime() - stageStart) / 1_000_000);
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
    }

    private static String objects(int count) {
        return count == 1 ? "1 object" : count + " objects";
    }

    private static <T, K extends Comparable<K>> String counts(List<T> objects, Function<T, K> by) {
        Map<K, Long> counts = objects.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "no objects"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}

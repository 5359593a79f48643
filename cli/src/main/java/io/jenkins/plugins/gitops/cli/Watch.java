package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.WatchEvent.Kind;
import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.heal.HealDecision;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.heal.HealPace;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.Selection;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPurpose;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.window.SyncWindows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps an application under watch: one thread that looks at Git when it is time, compares after every change in the
 * cluster, syncs a commit that is new, and heals when told. What it does next depends on what it sees, never on a memory of
 * what it did: a failure costs a round and nothing else.
 */
final class Watch {
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST_BURST = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Application application;
    private final Sources sources;
    private final StateStore store;
    private final Log log;
    private final Supplier<Cluster> clusters;
    private final Settings settings;
    private final Consumer<WatchEvent> events;
    private final Trigger trigger = new Trigger();
    private final WatchedWindows windows;

    /** The newest commit of Git that this watch knows; empty before the first answer. */
    private String revision = "";

    private String failure = "";
    private String lastDrift = "";
    private String lastFight = "";
    private Optional<Pinned> held = Optional.empty();
    private String lastAwaited = "";
    private String failedRevision = "";
    private int failedSyncs;
    private Deadline nextPoll = Deadline.REACHED;
    private Deadline nextSync = Deadline.REACHED;
    private Instant nextHeal = Instant.MAX;

    /**
     * @param interval between two questions to Git
     * @param heal whether drift is undone
     * @param pace how soon what comes back is undone again
     * @param tools what renders charts and kustomizations
     * @param dependencies what must be ready before a commit is synced
     */
    record Settings(Duration interval, boolean heal, HealPace pace, RenderTools tools, Dependencies dependencies) {}

    /** What was attempted with the application before, and where this watch writes what it does. */
    record Log(History history, Journal journal) {}

    Watch(
            Application application,
            Sources sources,
            StateStore store,
            Log log,
            Supplier<Cluster> clusters,
            Settings settings,
            Consumer<WatchEvent> events) {
        this.application = application;
        this.windows = new WatchedWindows(SyncWindows.of(application));
        this.sources = sources;
        this.store = store;
        this.log = log;
        this.clusters = clusters;
        this.settings = settings;
        this.events = events;
    }

    /** Returns when the calling thread is interrupted. */
    void run() {
        events.accept(WatchEvent.of(
                Kind.started, "", application.name() + ", every " + Durations.spoken(settings.interval())));
        WatchSession session = null;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    session = session == null
                            ? new WatchSession(clusters.get(), application, trigger, settings.tools())
                            : session;
                    round(session);
                    recovered();
                } catch (CancelledException e) {
                    Thread.currentThread().interrupt();
                    break;
                } catch (RuntimeException e) {
                    failed(e);
                    session = close(session);
                }
                if (trigger.await(untilNext())) {
                    trigger.settle(QUIET, LONGEST_BURST);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(session);
            events.accept(WatchEvent.of(Kind.stopped, "", ""));
        }
    }

    private void round(WatchSession session) {
        Instant now = Instant.now();
        if (nextPoll.isReached(now)) {
            revision = sources.currentRevision(application.source());
            nextPoll = Deadline.in(settings.interval(), now);
        }
        windows.look(now);
        StateStore.State state = store.load(application.uuid());
        Optional<Pinned> pinned = pinned();
        if (pinned.isEmpty() && !Revisions.commit(revision).equals(Revisions.commit(state.syncedRevision()))) {
            if (windows.allow(now, "sync of", revision, events)
                    && (nextSync.isReached(now) || !revision.equals(failedRevision))
                    && isReady()) {
                syncCommit(session);
            }
            state = store.load(application.uuid());
        }
        String synced = state.syncedRevision().isEmpty() ? revision : state.syncedRevision();
        Rendered wanted = pinned.isPresent() ? pinned.get().wanted() : session.render(tree(synced));
        String compared = pinned.isPresent() ? pinned.get().revision() : synced;
        Instant start = Instant.now();
        DriftReport report = session.diff(compared, wanted, state.observations());
        Observations before = state.observations();
        HealHistory heals = store.update(
                        application.uuid(),
                        kept -> kept.withObservations(kept.observations().after(report, before))
                                .withHeals(kept.heals().seen(report, now)))
                .heals();
        log.journal().check(report, sources.describe(application.source(), compared), start);
        tell(report);
        nextHeal = Instant.MAX;
        boolean newest = pinned.isPresent() || Revisions.commit(compared).equals(Revisions.commit(revision));
        if (settings.heal() && newest && report.verdict() == ApplicationVerdict.OutOfSync) {
            heal(session, wanted, report, heals);
        }
    }

    /** Whether all that the application depends on is; asked anew each round. */
    private boolean isReady() {
        String awaited = settings.dependencies().awaited().orElse("");
        if (!awaited.isEmpty() && !awaited.equals(lastAwaited)) {
            events.accept(WatchEvent.of(
                    Kind.blocked, revision, "sync of " + Revisions.shortened(revision) + " waits: " + awaited));
        }
        lastAwaited = awaited;
        return awaited.isEmpty();
    }

    private void syncCommit(WatchSession session) {
        events.accept(WatchEvent.of(Kind.commit, revision, ""));
        SourceTree tree = tree(revision);
        Rendered wanted = session.render(tree);
        KeptPlan kept = new KeptPlan(Optional.empty());
        SyncReport report = session.sync(
                tree.revision(),
                wanted,
                options(SyncPurpose.sync, tree.revision()).withPlanCheck(kept));
        store.remember(application.uuid(), report);
        record(Attempt.Kind.sync, report, kept, wanted);
        lastDrift = "";
        if (report.result() == SyncReport.Result.Succeeded || report.result() == SyncReport.Result.Waiting) {
            failedSyncs = 0;
            events.accept(WatchEvent.of(Kind.synced, report));
            return;
        }
        failedSyncs = revision.equals(failedRevision) ? failedSyncs + 1 : 1;
        failedRevision = revision;
        Duration wait = settings.interval().multipliedBy(1L << Math.min(failedSyncs - 1, 10));
        nextSync = Deadline.in(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY, Instant.now());
        events.accept(WatchEvent.of(Kind.syncFailed, report));
    }

    private void heal(WatchSession session, Rendered wanted, DriftReport drift, HealHistory heals) {
        Instant now = Instant.now();
        HealDecision decision = heals.decide(drift, now, settings.pace());
        tellFights(decision, drift.revision());
        nextHeal = decision.later().values().stream()
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        if (decision.due().isEmpty() || !windows.allow(now, "healing to", drift.revision(), events)) {
            return;
        }
        // Before it is done: a healing that a death cuts off counts too.
        store.update(application.uuid(), kept -> kept.withHeals(kept.heals().healed(drift, decision.due(), now)));
        KeptPlan kept = new KeptPlan(Optional.empty());
        SyncReport report = session.sync(
                drift.revision(),
                wanted,
                options(SyncPurpose.selfHeal, drift.revision())
                        .withSelection(part(decision))
                        .withPlanCheck(kept));
        store.remember(application.uuid(), report);
        record(Attempt.Kind.heal, report, kept, wanted);
        boolean done = report.result() == SyncReport.Result.Succeeded;
        events.accept(WatchEvent.of(done ? Kind.healed : Kind.syncFailed, report));
        lastDrift = "";
        trigger.fire();
    }

    /** Of an application of which nothing has to wait, the whole: then what it wants is kept as what ran. */
    private static Selection part(HealDecision decision) {
        boolean whole = decision.later().isEmpty() && decision.fights().isEmpty();
        return whole
                ? Selection.ALL
                : new Selection(decision.due().stream().map(KeyPattern::of).toList(), Optional.empty());
    }

    private void tellFights(HealDecision decision, String fought) {
        String fights =
                decision.fights().stream().map(HealDecision.Fight::message).collect(Collectors.joining("\n"));
        if (!fights.isEmpty() && !fights.equals(lastFight)) {
            events.accept(WatchEvent.of(Kind.fight, fought, fights));
        }
        lastFight = fights;
    }

    private SyncOptions options(SyncPurpose purpose, String synced) {
        return new SyncOptions(false, purpose)
                .withNewerRevision(new NewerRevision(sources, application.source(), synced));
    }

    private void record(Attempt.Kind kind, SyncReport report, KeptPlan kept, Rendered wanted) {
        log.journal()
                .sync(
                        kind,
                        report,
                        kept.plan(),
                        sources.describe(application.source(), report.revision()),
                        wanted.manifests(),
                        0);
    }

    /** Looked at anew each round: somebody may pin or roll back in another process. */
    private Optional<Pinned> pinned() {
        try {
            Optional<Pinned> now = Pinned.of(log.history(), application, held);
            if (!now.map(Pinned::spoken).equals(held.map(Pinned::spoken))) {
                events.accept(now.map(pinned -> WatchEvent.of(Kind.pinned, pinned.revision(), pinned.spoken()))
                        .orElseGet(() -> WatchEvent.of(Kind.unpinned, revision, "")));
            }
            held = now;
            return held;
        } catch (IOException e) {
            // Not knowing must not be taken for "not pinned".
            throw new UncheckedIOException(e);
        }
    }

    private void tell(DriftReport report) {
        String found = DriftDigest.of(report);
        if (!found.equals(lastDrift)) {
            lastDrift = found;
            Kind kind =
                    switch (report.verdict()) {
                        case InSync -> Kind.inSync;
                        case OutOfSync -> Kind.drift;
                        case Unknown -> Kind.unknown;
                    };
            events.accept(WatchEvent.of(kind, report));
        }
    }

    /** Of a folder that is used as it is there is only one revision: what it holds now. */
    private SourceTree tree(String wanted) {
        return sources.isUsedAsItIs(application.source())
                ? sources.checkout(application.source())
                : sources.checkout(application.source(), wanted);
    }

    private void failed(RuntimeException thrown) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        nextPoll = Deadline.in(settings.interval().compareTo(RETRY) < 0 ? settings.interval() : RETRY, Instant.now());
        String message = thrown instanceof GitOpsException ? thrown.getMessage() : "unexpected: " + thrown;
        if (!failure.equals(message)) {
            failure = message;
            events.accept(WatchEvent.of(Kind.failure, revision, failure));
        }
    }

    private void recovered() {
        if (!failure.isEmpty()) {
            failure = "";
            events.accept(WatchEvent.of(Kind.recovered, revision, ""));
        }
    }

    private Duration untilNext() {
        Instant now = Instant.now();
        Instant next = Stream.of(now.plus(nextPoll.left(now)), nextHeal, windows.opening())
                .min(Comparator.naturalOrder())
                .orElse(now);
        Duration wait = Duration.between(now, next);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static WatchSession close(WatchSession session) {
        if (session != null) {
            session.close();
        }
        return null;
    }
}

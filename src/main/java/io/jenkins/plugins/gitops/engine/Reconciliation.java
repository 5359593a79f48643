package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.StorageClasses;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.compare.DesiredHook;
import io.jenkins.plugins.gitops.engine.compare.DesiredHooks;
import io.jenkins.plugins.gitops.engine.compare.DriftReporter;
import io.jenkins.plugins.gitops.engine.health.ApplicationHealth;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.health.Waiting;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Selection;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.plan.HookRuns;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.PlanBasis;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport.ObjectHealth;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.TreeNode;
import io.jenkins.plugins.gitops.engine.report.TreeReport;
import io.jenkins.plugins.gitops.engine.sync.Attempts;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import io.jenkins.plugins.gitops.engine.sync.LooksAtGit;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Syncer;
import io.jenkins.plugins.gitops.engine.tree.ObjectTree;
import io.jenkins.plugins.gitops.engine.window.SyncWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One comparison of Git with the cluster, and all that is made of it: the cluster is asked once, whatever is wanted. Used by
 * one thread, and synced at most once.
 */
public final class Reconciliation {
    private final Reconciler reconciler;
    private final Cluster cluster;
    private final Comparer comparer;
    private final Permissions permissions;
    private final Application application;
    private final String revision;
    private final Rendered rendered;
    private final DesiredHooks hooks;
    private final Comparison comparison;
    private final HealthRules rules;
    private final Instant start;
    private final Instant compared = Instant.now();
    private List<DesiredHook> lookedUp;

    Reconciliation(
            Reconciler reconciler,
            Cluster cluster,
            Comparer comparer,
            Permissions permissions,
            Application application,
            String revision,
            Rendered rendered,
            DesiredHooks hooks,
            Comparison comparison,
            Instant start) {
        this.reconciler = reconciler;
        this.cluster = cluster;
        this.comparer = comparer;
        this.permissions = permissions;
        this.application = application;
        this.revision = revision;
        this.rendered = rendered;
        this.hooks = hooks;
        this.comparison = comparison;
        this.rules = new HealthRules(application.health());
        this.start = start;
    }

    /** @param before what earlier reports of this application saw; the host keeps {@link Observations#after} */
    public DriftReport drift(Observations before) {
        return new DriftReporter(before, compared, application.severities(), rendered.secrets())
                .report(application.name(), revision, comparison, rendered.warnings());
    }

    /** What {@link #sync} would do. */
    public PlanReport plan() {
        PlanBasis basis = new PlanBasis(cluster.url(), application, rendered.manifests());
        Plan plan = planned(SyncOptions.DEFAULT);
        return plan.report(application.name(), revision, warnings(), basis.of(comparison, revision, plan.hooks()));
    }

    /** How healthy the desired objects are as they stand. */
    public HealthReport health() {
        Waiting waiting = new Waiting(new StorageClasses(cluster));
        return new HealthReport(
                DriftReport.SCHEMA_VERSION,
                comparison.objects().stream()
                        .filter(object -> object.desired().isPresent())
                        .map(object -> health(object, waiting))
                        .toList());
    }

    /** The desired objects with all that they own, each with its health: a few lists of the cluster's objects. */
    public TreeReport tree() {
        List<ObjectNode> live = comparison.objects().stream()
                .filter(object -> object.desired().isPresent())
                .flatMap(object -> object.live().stream())
                .toList();
        ObjectTree tree = ObjectTree.of(cluster, rules, live);
        List<TreeNode> nodes = comparison.objects().stream()
                .filter(object -> object.desired().isPresent())
                .map(object -> object.live().map(tree::node).orElseGet(() -> absent(object)))
                .toList();
        List<String> warnings = new ArrayList<>(warnings());
        warnings.addAll(tree.warnings());
        HealthStatus worst = ApplicationHealth.worst(health().objects().stream()
                .map(object -> Optional.ofNullable(object.status()).map(status -> new Health(status, object.message())))
                .toList());
        return new TreeReport(DriftReport.SCHEMA_VERSION, application.name(), revision, worst, nodes, warnings);
    }

    private static TreeNode absent(Compared object) {
        Health health = ApplicationHealth.MISSING;
        return new TreeNode(
                object.key().group(),
                object.key().kind(),
                object.key().namespace(),
                object.key().name(),
                health.status(),
                health.message(),
                null,
                List.of());
    }

    /**
     * Makes the cluster as Git says. What a rule forbids is reported as Refused, what the cluster does as Failed. A try that begins
     * while the sync windows are open is carried out to its end; after they close no further one begins, also not that of a newer
     * revision, which therefore supersedes nothing.
     */
    public SyncReport sync(SyncOptions asked, SyncListener listener) {
        SyncOptions options = asked.withNewerRevision(() -> refusal(asked).isPresent()
                ? Optional.empty()
                : asked.newerRevision().get());
        try (SyncLock lock = lock(application.sync().lock(), listener)) {
            refuseEmpty();
            refuseOutsideOfWindows(options);
            if (options.dryRun()) {
                options.planCheck().ifPresent(check -> check.accept(plan()));
                return report(
                        options,
                        new Attempts.Ended(
                                syncer(lock, options, listener, Optional::empty).pretend(), 1));
            }
            Attempts attempts =
                    new Attempts(application.sync().retry(), options.newerRevision(), listener, reconciler.timing());
            return report(
                    options,
                    attempts.run(
                            newer -> underLock(lock).checked(options).attempt(lock, options, listener, Optional::empty),
                            newer -> again(lock).checkedAgain(options).attempt(lock, options, listener, newer)));
        } catch (RefusedException e) {
            return SyncReport.refused(
                    application.name(), revision, start, options.dryRun(), e.getMessage(), warnings());
        }
    }

    /** As {@link Reconciler#delete}, of a comparison with nothing. */
    SyncReport delete(List<Manifest> source, DeletionOptions options, SyncListener listener) {
        SyncLock lock = lock(application.sync().lock() && !options.dryRun(), listener);
        try {
            lock.acquire();
            Reconciliation fresh = options.dryRun() ? this : underLock(lock);
            SyncReport report = new Deletion(
                            cluster, comparer, permissions, application, revision, fresh.comparison, fresh.warnings())
                    .run(source, lock, options, listener);
            if (report.result() == SyncReport.Result.Succeeded) {
                lock.closeAndForget();
            }
            return report;
        } finally {
            lock.close();
        }
    }

    private SyncLock lock(boolean on, SyncListener listener) {
        return new SyncLock(
                cluster, comparison.recorded(), on, reconciler.timing().lock(), new SyncLock.Observer() {
                    @Override
                    public void awaiting(String holder, Instant until) {
                        listener.on(new SyncListener.AwaitingLock(holder, until));
                    }

                    @Override
                    public void left(String why, Instant until) {
                        listener.on(new SyncListener.LockLeft(why, until));
                    }
                });
    }

    /** This comparison, or a fresh one when another sync has written the inventory since. */
    private Reconciliation underLock(SyncLock lock) {
        boolean current = lock.acquire() && reconciler.recorded(application).equals(comparison.recorded());
        // Without a namespace to hold the lock there is no inventory either that another could have written.
        return current || !lock.isHeld() ? this : again(lock);
    }

    private Reconciliation again(SyncLock lock) {
        lock.acquire();
        return reconciler.compare(
                application, revision, rendered, comparison.rules().preflight());
    }

    /** Looks at what is about to be carried out, this comparison and no other. */
    private Reconciliation checked(SyncOptions options) {
        options.planCheck().ifPresent(check -> check.accept(plan()));
        return this;
    }

    /** As {@link #checked} after a try that failed: what that one did has to be told, so a refusal is a failure. */
    private Reconciliation checkedAgain(SyncOptions options) {
        try {
            refuseOutsideOfWindows(options);
            return checked(options);
        } catch (RefusedException e) {
            throw new ClusterException("not tried again: " + e.getMessage(), e);
        }
    }

    private Syncer.Outcome attempt(
            SyncLock lock, SyncOptions options, SyncListener listener, Supplier<Optional<String>> newerRevision) {
        return syncer(lock, options, listener, newerRevision).run();
    }

    private Syncer syncer(
            SyncLock lock, SyncOptions options, SyncListener listener, Supplier<Optional<String>> newerRevision) {
        LooksAtGit git =
                new LooksAtGit(options.newerRevision(), reconciler.timing().betweenLooksAtGit());
        return new Syncer(
                lock, comparer, application.sync(), rules, listener, comparison, planned(options), newerRevision, git);
    }

    private SyncReport report(SyncOptions options, Attempts.Ended ended) {
        Syncer.Outcome outcome = ended.outcome();
        return new SyncReport(
                DriftReport.SCHEMA_VERSION,
                application.name(),
                revision,
                start,
                Duration.between(start, Instant.now()).toMillis(),
                options.dryRun(),
                outcome.result(),
                outcome.health(),
                outcome.message(),
                outcome.objects(),
                warnings(),
                options.selection().isPartial(),
                ended.tries());
    }

    private Plan planned(SyncOptions options) {
        List<HookTask> runs = List.of();
        // A part of the application is no occasion for its hooks, as in Argo CD.
        if (application.sync().hooks().runs(options.purpose())
                && !options.selection().isPartial()) {
            boolean first = !comparison.recorded().hooks().wasSynced();
            runs = new HookRuns(revision, first, compared).in(HookRuns.OF_A_SYNC, hooks());
        }
        Plan whole = new Planner(application.sync(), permissions, options::approves).plan(comparison, runs);
        Selection selection = options.selection();
        if (!selection.isPartial()) {
            return whole;
        }
        if (comparison.objects().stream().noneMatch(object -> isSelected(selection, object))) {
            throw new InvalidInputException(
                    "selection", "the application has no object that " + selection + " selects; nothing was done");
        }
        return whole.limitedTo(object -> isSelected(selection, object));
    }

    private static boolean isSelected(Selection selection, Compared object) {
        return selection.includes(
                object.key(),
                object.desired().map(Manifest::content).or(object::live).orElseThrow());
    }

    /** Looked up only when hooks are to run: a drift check has nothing to do with them. */
    private List<DesiredHook> hooks() {
        if (lookedUp == null) {
            lookedUp = hooks.look(
                    cluster, comparison.recorded(), application.sync().adopt());
        }
        return lookedUp;
    }

    private List<String> warnings() {
        List<String> all = new ArrayList<>(rendered.warnings());
        all.addAll(comparison.warnings());
        comparison
                .rules()
                .options()
                .unknown()
                .forEach(unknown -> all.add("application " + application.name() + ": " + unknown));
        return all.stream().distinct().toList();
    }

    private ObjectHealth health(Compared object, Waiting waiting) {
        Optional<Health> health = object.verdict() == Verdict.Missing
                ? Optional.of(ApplicationHealth.MISSING)
                : object.live().flatMap(live -> waiting.counted(live, rules.assess(live)));
        return new ObjectHealth(
                object.key().group(),
                object.key().kind(),
                object.key().namespace(),
                object.key().name(),
                health.map(Health::status).orElse(null),
                health.map(Health::message).orElse(""));
    }

    private void refuseOutsideOfWindows(SyncOptions options) {
        Optional<String> refusal = refusal(options);
        if (refusal.isPresent() && !options.dryRun()) {
            throw new RefusedException(refusal.get());
        }
    }

    private Optional<String> refusal(SyncOptions options) {
        Instant now = reconciler.timing().clock().instant();
        return SyncWindows.of(application).refusal(now, options.manual());
    }

    private void refuseEmpty() {
        boolean nothingToLose = !rendered.manifests().isEmpty()
                && comparison.objects().stream().allMatch(object -> object.verdict() == Verdict.InSync);
        if (hooks.tracked().isEmpty() && !nothingToLose && !application.sync().allowEmpty()) {
            String path = application.source().path();
            throw new RefusedException(
                    "there is no manifest"
                            + (rendered.manifests().isEmpty() ? "" : " but hooks") + " in "
                            + (path.isEmpty() ? "the source" : path)
                            + ", and a sync to nothing would prune everything; check the path, or set allowEmpty if that is meant");
        }
    }
}

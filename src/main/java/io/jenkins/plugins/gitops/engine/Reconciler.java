package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterWatch;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.compare.DriftReporter;
import io.jenkins.plugins.gitops.engine.compare.IgnoreRules;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import io.jenkins.plugins.gitops.engine.render.PlainRenderer;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Syncer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one entrance to the engine: Git on one side as a checkout, a cluster on the other.
 *
 * <p>Every method throws {@link InvalidInputException} when the manifests are wrong, with every problem found, and
 * {@link ClusterException} when the cluster does not answer. A thread that is interrupted stops within a request's time.
 */
public final class Reconciler {
    private final Cluster cluster;
    private final String controller;
    private final Inventory inventory;
    private final Comparer comparer;

    /** @param controller names this installation in inventories; another one's applications are refused */
    public Reconciler(Cluster cluster, String controller) {
        this.cluster = cluster;
        this.controller = controller;
        this.inventory = new Inventory(cluster);
        this.comparer = new Comparer(cluster);
    }

    /** The desired set, with the scopes of the cluster's kinds. */
    public Rendered render(Application application, SourceTree tree) {
        return new PlainRenderer()
                .render(
                        tree,
                        application.source(),
                        application.destination().namespace(),
                        kind -> cluster.discovery().find(kind).map(ApiResource::namespaced));
    }

    /**
     * Compares and writes nothing.
     *
     * @param before what earlier reports of this application saw; the host keeps {@link Observations#after}
     * @throws RefusedException when the inventory is another application's
     */
    public DriftReport diff(Application application, SourceTree tree, Observations before) {
        Rendered rendered = render(application, tree);
        Comparison comparison = compare(application, rendered);
        return new DriftReporter(before, Instant.now())
                .report(application.name(), tree.revision(), comparison, rendered.warnings());
    }

    /**
     * What {@link #sync} would do.
     *
     * @throws RefusedException when the inventory is another application's
     */
    public PlanReport plan(Application application, SourceTree tree) {
        Rendered rendered = render(application, tree);
        Comparison comparison = compare(application, rendered);
        List<String> warnings = new ArrayList<>(rendered.warnings());
        warnings.addAll(comparison.warnings());
        return new Planner(application.sync()).plan(comparison).report(application.name(), tree.revision(), warnings);
    }

    /** Makes the cluster as Git says. What a rule forbids is reported as Refused, what the cluster does as Failed. */
    public SyncReport sync(Application application, SourceTree tree, SyncOptions options, SyncListener listener) {
        Instant start = Instant.now();
        Rendered rendered = render(application, tree);
        List<String> warnings = new ArrayList<>(rendered.warnings());
        Syncer.Outcome outcome;
        try {
            refuseEmpty(application, rendered);
            listener.on(new SyncListener.Comparing(rendered.manifests().size()));
            Comparison comparison = compare(application, rendered);
            warnings.addAll(comparison.warnings());
            Plan plan = new Planner(application.sync()).plan(comparison);
            Syncer syncer = new Syncer(cluster, comparer, application.sync(), listener, comparison, plan);
            outcome = options.dryRun() ? syncer.pretend() : syncer.run();
        } catch (RefusedException e) {
            outcome = new Syncer.Outcome(Result.Refused, null, e.getMessage(), List.of());
        }
        return new SyncReport(
                DriftReport.SCHEMA_VERSION,
                application.name(),
                tree.revision(),
                start,
                Duration.between(start, Instant.now()).toMillis(),
                options.dryRun(),
                outcome.result(),
                outcome.health(),
                outcome.message(),
                outcome.objects(),
                warnings);
    }

    /**
     * Calls back whenever an object of the application's inventory changed in more than its status. Kinds that a later sync
     * adds are not watched: make a new watch after a sync.
     */
    public ClusterWatch watch(Application application, Consumer<ResourceKey> changed) {
        return ClusterWatch.of(cluster, read(application), changed);
    }

    private Comparison compare(Application application, Rendered rendered) {
        return comparer.compare(
                rendered.manifests(),
                read(application),
                new IgnoreRules(application.ignore()),
                application.sync().adopt());
    }

    private ApplySet read(Application application) {
        return inventory.read(application, controller, application.sync().adopt());
    }

    private static void refuseEmpty(Application application, Rendered rendered) {
        if (rendered.manifests().isEmpty() && !application.sync().allowEmpty()) {
            String path = application.source().path();
            throw new RefusedException(
                    "there is no manifest in "
                            + (path.isEmpty() ? "the source" : path)
                            + ", and a sync to nothing would prune everything; check the path, or set allowEmpty if that is meant");
        }
    }
}

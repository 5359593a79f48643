package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterWatch;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.compare.ComparisonRules;
import io.jenkins.plugins.gitops.engine.compare.DesiredHooks;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.render.Renderer;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
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
    private final Permissions permissions;
    private final Renderer renderer;
    private final Timing timing;
    private final Inventory inventory;
    private final Comparer comparer;

    /** @param controller names this installation in inventories; another one's applications are refused */
    public Reconciler(Cluster cluster, String controller) {
        this(cluster, controller, Permissions.ALL);
    }

    /** @param permissions what every application may have in this cluster */
    public Reconciler(Cluster cluster, String controller, Permissions permissions) {
        this(cluster, controller, permissions, RenderTools.ofProcess());
    }

    /** @param tools what renders charts and kustomizations */
    public Reconciler(Cluster cluster, String controller, Permissions permissions, RenderTools tools) {
        this(cluster, controller, permissions, tools, Timing.REAL);
    }

    /** @param timing of retries and of the lock */
    public Reconciler(Cluster cluster, String controller, Permissions permissions, RenderTools tools, Timing timing) {
        this.timing = timing;
        this.cluster = cluster;
        this.controller = controller;
        this.permissions = permissions;
        this.renderer = new Renderer(tools);
        this.inventory = new Inventory(cluster);
        this.comparer = new Comparer(cluster);
    }

    /**
     * Forgets what is kept between calls, so that the next one asks anew: a hard refresh. That is what the cluster serves, which
     * of its objects a dry run found unchanged, and what charts and kustomizations rendered to.
     */
    public void refresh() {
        renderer.refresh();
        cluster.refresh();
    }

    /** The desired set, with the scopes of the cluster's kinds. */
    public Rendered render(Application application, SourceTree tree) {
        return render(application, tree, ignored -> {});
    }

    /** @param explanations hears for each source that a tool renders whether its result was kept, and why not */
    public Rendered render(Application application, SourceTree tree, Consumer<String> explanations) {
        try {
            return renderer.render(
                    application,
                    tree,
                    kind -> cluster.discovery().find(kind).map(ApiResource::namespaced),
                    cluster::version,
                    new DestinationValues(
                            cluster, permissions, application.destination().namespace()),
                    explanations);
        } catch (CancellationException e) {
            throw new CancelledException();
        }
    }

    /**
     * Compares once; reports and a sync are made of the result.
     *
     * @param rendered what {@link #render} made of the same application
     * @param revision full commit id, or empty
     * @throws RefusedException when the inventory is another application's, or an object is outside the permissions
     */
    public Reconciliation compare(Application application, String revision, Rendered rendered) {
        return compare(application, revision, rendered, true);
    }

    /** @param preflight whether the cluster is asked if it would take what is missing */
    Reconciliation compare(Application application, String revision, Rendered rendered, boolean preflight) {
        Instant start = Instant.now();
        refuseOutside(application, rendered);
        ApplySet recorded = recorded(application);
        List<String> warnings = new ArrayList<>(rendered.warnings());
        if (recorded.groupKinds().isEmpty()) {
            // Nothing was ever synced to here; it may have been to elsewhere.
            warnings.addAll(inventory.leftElsewhere(application, permissions));
        }
        Rendered told = new Rendered(rendered.manifests(), warnings, rendered.unknownKinds(), rendered.secrets());
        DesiredHooks hooks = DesiredHooks.of(rendered.manifests());
        ComparisonRules rules = ComparisonRules.of(application).withPreflight(preflight);
        Comparison comparison = hooks.setAside(comparer.compare(hooks.tracked(), recorded, rules));
        return new Reconciliation(
                this, cluster, comparer, permissions, application, revision, told, hooks, comparison, start);
    }

    /**
     * Compares and writes nothing.
     *
     * @param before what earlier reports of this application saw; the host keeps {@link Observations#after}
     * @throws RefusedException as {@link #compare}
     */
    public DriftReport diff(Application application, SourceTree tree, Observations before) {
        return compare(application, tree.revision(), render(application, tree)).drift(before);
    }

    /**
     * What {@link #sync} would do.
     *
     * @throws RefusedException as {@link #compare}
     */
    public PlanReport plan(Application application, SourceTree tree) {
        return compare(application, tree.revision(), render(application, tree)).plan();
    }

    /** Makes the cluster as Git says. What a rule forbids is reported as Refused, what the cluster does as Failed. */
    public SyncReport sync(Application application, SourceTree tree, SyncOptions options, SyncListener listener) {
        Instant start = Instant.now();
        try {
            return sync(application, tree.revision(), render(application, tree), options, listener);
        } catch (CancelledException e) {
            return SyncReport.aborted(application.name(), tree.revision(), start, options.dryRun(), List.of());
        }
    }

    /**
     * As {@link #sync(Application, SourceTree, SyncOptions, SyncListener)}, with a set that is known already: one that was
     * just rendered, or that an earlier sync applied.
     *
     * @param revision full commit id that the set was made of, or empty
     */
    public SyncReport sync(
            Application application, String revision, Rendered rendered, SyncOptions options, SyncListener listener) {
        Instant start = Instant.now();
        try {
            listener.on(new SyncListener.Comparing(rendered.manifests().size()));
            return compare(application, revision, rendered, options.preflight()).sync(options, listener);
        } catch (RefusedException e) {
            return SyncReport.refused(
                    application.name(), revision, start, options.dryRun(), e.getMessage(), rendered.warnings());
        } catch (CancelledException e) {
            return SyncReport.aborted(application.name(), revision, start, options.dryRun(), rendered.warnings());
        }
    }

    /**
     * Takes an application out of its cluster: PreDelete hooks, its objects in the reverse of their order, PostDelete hooks, and
     * last its inventory. What may go only when somebody says so stays, and with it the inventory: the report's result is then
     * Waiting.
     *
     * @param source the rendered set, for its PreDelete and PostDelete hooks; empty when none shall run
     * @param revision full commit id that the set was made of, or empty
     */
    public SyncReport delete(
            Application application,
            String revision,
            List<Manifest> source,
            DeletionOptions options,
            SyncListener listener) {
        Instant start = Instant.now();
        try {
            refuseOutside(application, new Rendered(source, List.of()));
            return compare(application, revision, new Rendered(List.of(), List.of()))
                    .delete(source, options, listener);
        } catch (RefusedException e) {
            return SyncReport.refused(application.name(), revision, start, options.dryRun(), e.getMessage(), List.of());
        } catch (CancelledException e) {
            return SyncReport.aborted(application.name(), revision, start, options.dryRun(), List.of());
        }
    }

    /** Whose inventories a namespace holds under an application's name. */
    public List<ApplySet.Owner> ownersNamed(String application, String namespace) {
        return inventory.ownersNamed(application, namespace);
    }

    /**
     * Calls back whenever an object of the application's inventory changed in more than its status. Kinds that a later sync
     * adds are not watched: make a new watch after a sync.
     */
    public ClusterWatch watch(Application application, Consumer<ResourceKey> changed) {
        return ClusterWatch.of(cluster, recorded(application), changed);
    }

    Timing timing() {
        return timing;
    }

    /** The inventory as it stands. */
    ApplySet recorded(Application application) {
        return inventory.read(application, controller, application.sync().adopt());
    }

    /** Asked before the cluster is: even a dry run would tell of what the application must not see. */
    private void refuseOutside(Application application, Rendered rendered) {
        List<String> refusals = new ArrayList<>();
        permissions
                .refusal(application.destination().namespace())
                .ifPresent(why -> refusals.add("the inventory of " + application.name() + ": " + why));
        for (Manifest manifest : rendered.manifests()) {
            permissions
                    .refusal(manifest.key())
                    .ifPresent(why -> refusals.add(manifest.origin() + ": " + manifest.key() + ": " + why));
        }
        if (!refusals.isEmpty()) {
            throw new RefusedException(String.join("\n", refusals));
        }
    }
}

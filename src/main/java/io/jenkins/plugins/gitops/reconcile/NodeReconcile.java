package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.Reconciliation;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Selection;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPurpose;
import io.jenkins.plugins.gitops.engine.render.MaskedSecret;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import io.jenkins.plugins.gitops.tool.NodeTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of the engine, told to the log; what it has is kept as it comes, so that an error loses none of it. */
final class NodeReconcile {
    private static final int CLUSTER_FAILED = 3;

    private final ReconcileRequest request;
    private final NodeTools tools;
    private final RenderTools renderTools;
    private final Application application;
    private final Reconciler reconciler;
    private final ReconcileLog log;
    private final Supplier<Optional<String>> newerRevision;
    private final Instant start = Instant.now();

    private String driftJson;
    private String planJson;
    private String syncJson;
    private String healthJson;
    private String manifestsYaml;
    private WantedSet wanted;
    private Observations observations = Observations.EMPTY;

    NodeReconcile(
            ReconcileRequest request,
            NodeTools tools,
            Cluster cluster,
            ReconcileLog log,
            Supplier<Optional<String>> newerRevision) {
        this.request = request;
        this.application = request.application();
        this.tools = tools;
        this.renderTools = renderTools(request, tools);
        this.reconciler =
                new Reconciler(cluster, request.controllerId(), request.access().permissions(), renderTools);
        this.log = log;
        this.newerRevision = newerRevision;
    }

    /**
     * What was got with a credential is kept for this application alone, or whoever names the same chart would have it without
     * one.
     */
    private static RenderTools renderTools(ReconcileRequest request, NodeTools tools) {
        RenderTools all = tools.toRenderTools().withInputs(request.inputs().toHostInputs());
        return request.inputs().logins().isEmpty()
                ? all
                : all.cache()
                        .map(cache -> all.withCache(cache.resolve("of-one")
                                .resolve(request.application().uuid().toString())))
                        .orElse(all);
    }

    /** Never throws for what Git or the cluster brings: the outcome tells. */
    ReconcileOutcome run(Path checkout) {
        log.begin(request);
        try {
            observations = before();
            if (request.refresh()) {
                log.refreshing();
                reconciler.refresh();
            }
            SourceTree tree = tree(checkout);
            if (request.renderOnly()) {
                render(tree);
            } else if (request.toDelete().isPresent()) {
                delete(tree, request.toDelete().get());
            } else {
                reconcile(tree);
            }
            return outcome(false, null, 0);
        } catch (CancelledException e) {
            return ended(true, e.getMessage(), 0);
        } catch (RefusedException e) {
            if (request.mode() != ReconcileMode.check) {
                syncJson = ReportJson.pretty(SyncReport.refused(
                        application.name(),
                        request.revision(),
                        start,
                        request.mode() == ReconcileMode.dryRun,
                        e.getMessage(),
                        List.of()));
            }
            return ended(false, e.getMessage(), e.exitCode());
        } catch (GitOpsException e) {
            return ended(false, e.getMessage(), e.exitCode());
        } catch (ApiException e) {
            return ended(false, "the cluster refuses: " + e.getMessage(), CLUSTER_FAILED);
        }
    }

    /** What is rendered; what restores a set that is kept reads none of it. */
    private SourceTree tree(Path checkout) {
        return request.toRestore().isPresent()
                ? request.tree(checkout)
                : new CheckedOutTree(request, renderTools).of(checkout);
    }

    private void reconcile(SourceTree tree) {
        Rendered rendered =
                request.toRestore().isPresent() ? restore(request.toRestore().get()) : render(tree);
        log.comparing(rendered.manifests().size());
        Reconciliation reconciliation = reconciler.compare(application, tree.revision(), rendered);
        DriftReport drift = reconciliation.drift(observations);
        driftJson = ReportJson.pretty(drift);
        healthJson = ReportJson.pretty(reconciliation.health());
        observations = observations.after(drift);
        log.compared(drift);
        planJson = ReportJson.pretty(reconciliation.plan());
        if (request.mode() != ReconcileMode.check) {
            sync(reconciliation);
        }
    }

    private Rendered render(SourceTree tree) {
        log.rendering(application.source());
        new ToolLines(tools, renderTools).of(application.source(), tree).forEach(log::tool);
        Rendered rendered = reconciler.render(application, tree, log::tool);
        manifestsYaml = masked(rendered);
        if (request.mode() == ReconcileMode.sync && request.objects().healed().isEmpty()) {
            wanted = WantedSet.of(rendered.manifests());
        }
        log.rendered(rendered);
        return rendered;
    }

    private Rendered restore(WantedSet set) {
        try {
            Rendered rendered = new Rendered(set.manifests(), List.of());
            manifestsYaml = masked(rendered);
            log.restoring(rendered.manifests().size());
            return rendered;
        } catch (IOException e) {
            throw new UncheckedIOException("the controller sent a set that cannot be read", e);
        }
    }

    private void delete(SourceTree tree, DeletionRequest deletion) {
        List<Manifest> source = deletion.hooks() ? render(tree).manifests() : List.of();
        log.deleting(deletion.keepObjects());
        SyncReport report = reconciler.delete(application, request.revision(), source, deletion.options(), log);
        report.warnings().forEach(log::warn);
        end(report);
    }

    private void sync(Reconciliation reconciliation) {
        SyncOptions options = new SyncOptions(request.mode() == ReconcileMode.dryRun, purpose())
                .withSelection(new Selection(request.objects().healed(), Optional.empty()))
                .withApproved(request.objects().approved())
                .withNewerRevision(newerRevision);
        log.syncing(options.dryRun());
        end(reconciliation.sync(options, log));
    }

    private SyncPurpose purpose() {
        if (!request.objects().healed().isEmpty()) {
            return SyncPurpose.selfHeal;
        }
        return request.toRestore().isPresent() ? SyncPurpose.rollback : SyncPurpose.sync;
    }

    private void end(SyncReport report) {
        syncJson = ReportJson.pretty(report);
        observations = observations.after(report);
        log.synced(report);
        switch (report.result()) {
            case Aborted -> throw new CancelledException();
            case Refused -> throw new RefusedException(report.message());
            case Succeeded, Failed, Waiting, Superseded -> {
                // The report says it all.
            }
        }
    }

    /** Whoever asked prints the error: a build as its last line, a step as its exception. */
    private ReconcileOutcome ended(boolean aborted, String error, int code) {
        return outcome(aborted, request.mask().apply(error), code);
    }

    private ReconcileOutcome outcome(boolean aborted, String error, int code) {
        return new ReconcileOutcome(
                driftJson,
                planJson,
                syncJson,
                healthJson,
                manifestsYaml,
                wanted,
                ReportJson.compact(observations),
                aborted,
                error,
                code);
    }

    private Observations before() {
        String json = request.observationsJson();
        if (json == null || json.isEmpty()) {
            return Observations.EMPTY;
        }
        try {
            return ReportJson.read(json, Observations.class);
        } catch (IOException e) {
            log.warn("what was observed before cannot be read, so this run only knows less: " + e.getMessage());
            return Observations.EMPTY;
        }
    }

    private static String masked(Rendered rendered) {
        MaskedSecret secrets = new MaskedSecret();
        StringBuilder yaml = new StringBuilder();
        for (Manifest manifest : rendered.manifests()) {
            yaml.append("---\n# ").append(manifest.origin()).append('\n');
            yaml.append(ManifestYaml.write(secrets.mask(manifest)));
        }
        return yaml.toString();
    }
}

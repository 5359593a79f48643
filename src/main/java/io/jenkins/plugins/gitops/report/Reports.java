package io.jenkins.plugins.gitops.report;

import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Gives a build what came of it to show. */
public final class Reports {
    /** What is done to an object that stays as it is. */
    private static final Set<ObjectSync.Action> LEFT =
            EnumSet.of(ObjectSync.Action.skipped, ObjectSync.Action.waiting, ObjectSync.Action.failed);

    private final Run<?, ?> run;
    private final ReconcileOutcome outcome;
    private final Optional<DriftReport> drift;
    private final Optional<SyncReport> sync;
    private final Optional<PlanReport> plan;
    private final Optional<HealthReport> health;
    private final Purpose purpose;

    private Reports(Run<?, ?> run, ReconcileOutcome outcome) throws IOException {
        this.run = run;
        this.outcome = outcome;
        this.drift = read(outcome.driftJson(), DriftReport.class);
        this.sync = read(outcome.syncJson(), SyncReport.class);
        this.plan = read(outcome.planJson(), PlanReport.class);
        this.health = read(outcome.healthJson(), HealthReport.class);
        this.purpose = Purpose.of(run, sync.isPresent());
    }

    /**
     * Writes the outcome's documents beside the build's XML, adds the actions that show them, and saves the build. Once more
     * for the same application replaces them; another application's stand beside them.
     *
     * <p>An application's item keeps its newest reports too, so that they outlive their builds.
     */
    public static void attach(Run<?, ?> run, ReconcileOutcome outcome) throws IOException {
        new Reports(run, outcome).attach();
    }

    /** Tells on the pages of a build and of its application why the build ended before it had an outcome. */
    public static void fail(GitOpsRun run, String why) throws IOException {
        run.addOrReplaceAction(new ProblemAction(why));
        run.save();
        LastReports last = LastReports.load(run.getParent());
        last.add(run, why);
        last.save(run.getParent());
    }

    /** What the first application of a build differed in; empty when it was not compared. */
    public static Optional<DriftReport> drift(Run<?, ?> run) throws IOException {
        return read(ReportFolder.of(run, 1).read(ReportFile.drift).orElse(null), DriftReport.class);
    }

    /** What was done to the first application of a build; empty when nothing was. */
    public static Optional<SyncReport> sync(Run<?, ?> run) throws IOException {
        return read(ReportFolder.of(run, 1).read(ReportFile.sync).orElse(null), SyncReport.class);
    }

    /** Objects that are in the cluster although Git no longer has them, as far as an application's newest reports tell. */
    public static Set<ResourceKey> unpruned(GitOpsApplication application) throws IOException {
        LastReports last = LastReports.load(application);
        if (!last.isSyncNewest()) {
            return ReportFolder.of(application).read(ReportFile.drift, DriftReport.class).stream()
                    .flatMap(report -> report.objects().stream())
                    .filter(object -> object.verdict() == Verdict.Extra)
                    .map(ObjectDrift::key)
                    .collect(Collectors.toSet());
        }
        GitOpsRun run = application.getBuildByNumber(last.syncBuild());
        return (run == null ? Optional.<SyncReport>empty() : sync(run))
                .stream()
                        .flatMap(report -> report.objects().stream())
                        .filter(object -> object.origin().isEmpty() && LEFT.contains(object.action()))
                        .map(ObjectSync::key)
                        .collect(Collectors.toSet());
    }

    private void attach() throws IOException {
        int slot = Slots.of(run, application());
        ReportFolder folder = ReportFolder.of(run, slot);
        if (drift.isPresent()) {
            folder.write(ReportFile.drift, ReportJson.pretty(drift.get()) + "\n");
            add(
                    new DriftReportAction(slot, new DriftSummary(drift.get(), purpose)),
                    DriftReportAction.class,
                    DriftReportAction::slot);
        }
        if (sync.isPresent()) {
            folder.write(ReportFile.sync, ReportJson.pretty(sync.get()) + "\n");
            add(
                    new SyncReportAction(slot, new SyncSummary(sync.get())),
                    SyncReportAction.class,
                    SyncReportAction::slot);
        }
        if (plan.isPresent()) {
            folder.write(ReportFile.plan, ReportJson.pretty(plan.get()) + "\n");
            add(new PlanAction(slot, plan.get()), PlanAction.class, PlanAction::slot);
        }
        if (outcome.manifestsYaml() != null) {
            folder.write(ReportFile.manifests, outcome.manifestsYaml());
            add(
                    new ManifestsAction(
                            slot,
                            application(),
                            ManifestDocument.split(outcome.manifestsYaml()).size()),
                    ManifestsAction.class,
                    ManifestsAction::slot);
        }
        if (health.isPresent()) {
            folder.write(ReportFile.health, ReportJson.pretty(health.get()) + "\n");
        }
        if (outcome.error() != null) {
            run.addOrReplaceAction(new ProblemAction(outcome.error()));
        }
        run.save();
        if (run.getParent() instanceof GitOpsApplication application) {
            keep(application);
        }
    }

    private void keep(GitOpsApplication application) throws IOException {
        LastReports last = LastReports.load(application);
        Trend trend = Trend.load(application);
        if (drift.isPresent()
                && last.add(
                        run,
                        new DriftSummary(drift.get(), purpose),
                        health.flatMap(Reports::worst).orElse(null))) {
            if (purpose == Purpose.check) {
                trend.add(TrendPoint.found(run.getNumber(), last.drift()));
            }
            ReportFolder folder = ReportFolder.of(application);
            folder.write(ReportFile.drift, ReportJson.pretty(drift.get()) + "\n");
            if (health.isPresent()) {
                folder.write(ReportFile.health, ReportJson.pretty(health.get()) + "\n");
            } else {
                folder.delete(ReportFile.health);
            }
        }
        sync.ifPresent(report -> last.add(run, new SyncSummary(report)));
        if (sync.isPresent() && last.syncBuild() == run.getNumber() && last.isRepaired()) {
            trend.add(TrendPoint.synced(run.getNumber(), last.sync().getEnd()));
        }
        if (outcome.error() != null) {
            last.add(run, outcome.error());
        }
        last.save(application);
        trend.save(application);
    }

    private static Optional<HealthStatus> worst(HealthReport report) {
        return report.objects().stream()
                .map(HealthReport.ObjectHealth::status)
                .filter(Objects::nonNull)
                .reduce(HealthStatus::worse);
    }

    private String application() {
        return drift.map(DriftReport::application)
                .or(() -> sync.map(SyncReport::application))
                .or(() -> plan.map(PlanReport::application))
                .orElse("");
    }

    private <T extends Action> void add(T action, Class<T> type, ToIntFunction<T> slot) {
        run.getActions(type).stream()
                .filter(old -> slot.applyAsInt(old) == slot.applyAsInt(action))
                .forEach(run::removeAction);
        run.addAction(action);
    }

    private static <T> Optional<T> read(String json, Class<T> type) throws IOException {
        return json == null ? Optional.empty() : Optional.of(ReportJson.read(json, type));
    }
}

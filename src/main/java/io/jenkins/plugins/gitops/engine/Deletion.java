package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.HookRecord;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.compare.DesiredHooks;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.plan.DeletionPlanner;
import io.jenkins.plugins.gitops.engine.plan.HookRuns;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Deleter;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.Syncer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * One deletion of an application from its cluster.
 *
 * @param comparison with nothing: every object of the application is Extra
 * @param warnings of the comparison
 */
record Deletion(
        Cluster cluster,
        Comparer comparer,
        Permissions permissions,
        Application application,
        String revision,
        Comparison comparison,
        List<String> warnings) {
    private static final EnumSet<Phase> PHASES = EnumSet.of(Phase.PreDelete, Phase.PostDelete);

    /** @param source where the PreDelete and PostDelete hooks are; may hold anything else */
    SyncReport run(List<Manifest> source, SyncLock lock, DeletionOptions options, SyncListener listener) {
        Instant start = Instant.now();
        boolean nothing = comparison.recorded().groupKinds().isEmpty()
                && comparison.recorded().hooks().equals(HookRecord.NONE);
        if (nothing) {
            String told = "there is no inventory of application " + application.name() + " in namespace "
                    + application.destination().namespace()
                    + ": nothing of it was synced there, or it is deleted already";
            Syncer.Outcome none = new Syncer.Outcome(Result.Succeeded, null, "", List.of(), Optional.empty());
            List<String> all = new ArrayList<>(warnings);
            all.add(told);
            return report(none, start, options, all);
        }
        DeletionPlanner.Deletion deletion = new DeletionPlanner(application.sync(), permissions, options::approves)
                .plan(comparison, options.keepObjects(), options.keepObjects() ? List.of() : hooks(source, start));
        Deleter deleter = new Deleter(
                lock.cluster(),
                comparer,
                application.sync(),
                new HealthRules(application.health()),
                listener,
                comparison,
                deletion);
        return report(options.dryRun() ? deleter.pretend() : deleter.run(), start, options, warnings);
    }

    private List<HookTask> hooks(List<Manifest> source, Instant time) {
        List<Manifest> hooks = source.stream()
                .filter(manifest -> Hook.of(manifest.content())
                        .filter(hook -> PHASES.stream().anyMatch(hook.phases()::containsKey))
                        .isPresent())
                .toList();
        return new HookRuns(revision, !comparison.recorded().hooks().wasSynced(), time)
                .in(
                        PHASES,
                        new DesiredHooks(List.of(), hooks, List.of())
                                .look(
                                        cluster,
                                        comparison.recorded(),
                                        application.sync().adopt()));
    }

    private SyncReport report(Syncer.Outcome outcome, Instant start, DeletionOptions options, List<String> told) {
        return new SyncReport(
                DriftReport.SCHEMA_VERSION,
                application.name(),
                revision,
                start,
                Duration.between(start, Instant.now()).toMillis(),
                options.dryRun(),
                outcome.result(),
                null,
                outcome.message(),
                outcome.objects(),
                told);
    }
}

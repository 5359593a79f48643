package io.jenkins.plugins.gitops.importing;

import hudson.triggers.SCMTrigger;
import hudson.triggers.Trigger;
import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.application.CheckTrigger;
import io.jenkins.plugins.gitops.application.ClusterName;
import io.jenkins.plugins.gitops.application.DependencySettings;
import io.jenkins.plugins.gitops.application.DriftPolicy;
import io.jenkins.plugins.gitops.application.IgnoreSettings;
import io.jenkins.plugins.gitops.application.SourceSettings;
import io.jenkins.plugins.gitops.application.SyncSettings;
import io.jenkins.plugins.gitops.engine.importing.ImportedApplication;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HistoryPolicy;
import io.jenkins.plugins.gitops.engine.model.OnDrift;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the definition of an item of an application that the engine imported, and lists what of it an item cannot hold. */
final class ItemMapping {
    private final ImportedApplication imported;
    private final ImportRequest request;
    private final List<Finding> findings = new ArrayList<>();

    ItemMapping(ImportedApplication imported, ImportRequest request) {
        this.imported = imported;
        this.request = request;
    }

    MappedItem map() {
        Application application = imported.application();
        SourceMapping sources = new SourceMapping(application.source(), release());
        ApplicationDefinition definition = new ApplicationDefinition(imported.name());
        definition.setDescription(Messages.ItemMapping_From(imported.object()));
        definition.setScm(sources.scm(request.branch(), request.credentialsId()));
        SourceSettings source = sources.settings();
        source.setSubstitute(PolicyMapping.substitute(application.substitution()));
        definition.setSource(source);
        String cluster = application.destination().cluster();
        definition.setCluster(cluster.isEmpty() ? request.cluster() : cluster);
        definition.setNamespace(application.destination().namespace());
        SyncSettings sync = PolicyMapping.sync(application, imported.host().automatic() && !request.byHand());
        definition.setSync(sync);
        List<IgnoreSettings> ignore =
                application.ignore().stream().map(PolicyMapping::ignore).toList();
        definition.setIgnore(ignore);
        definition.setHealthRules(HealthRulesText.of(application.health().checks()));
        // All of an import are made in one folder, so that the names are those of items beside this one.
        definition.setDependsOn(new DependencySettings(application.dependsOn()));
        definition.setDriftPolicy(DriftPolicy.valueOf(application.sync().drift().name()));
        definition.setTriggers(triggers(sources));
        definition.setDisabled(imported.host().suspended() ? Boolean.TRUE : null);
        tell(sources);
        LostFields.between(wanted(application, sources), held(application, definition))
                .forEach(this::lost);
        return new MappedItem(imported.object(), sources.words(request.branch()), definition, findings);
    }

    private List<Trigger<?>> triggers(SourceMapping sources) {
        String schedule = Schedules.of(imported.host().interval());
        List<Trigger<?>> triggers = new ArrayList<>();
        if (sources.hasCheckout()) {
            triggers.add(new SCMTrigger(schedule));
        }
        triggers.add(new CheckTrigger(schedule));
        return triggers;
    }

    /** In clusters an item is called by fewer characters than a file may use, and Helm's release as the application. */
    private String release() {
        return ClusterName.of(imported.name()).equals(imported.name()) ? "" : imported.name();
    }

    private static Application wanted(Application application, SourceMapping sources) {
        return application
                .withSource(sources.wanted())
                .withSync(application.sync().toBuilder()
                        .windows(PolicyMapping.windows(application))
                        // Told by itself.
                        .timeout(Duration.ofMinutes(
                                PolicyMapping.minutes(application.sync().timeout())))
                        .build());
    }

    private static Application held(Application application, ApplicationDefinition definition) {
        return application
                .withSource(definition.getSource().toSource())
                .withSync(definition.getSync().toPolicy().toBuilder()
                        .drift(OnDrift.valueOf(definition.getDriftPolicy().name()))
                        .build())
                .withIgnore(definition.getIgnore().stream()
                        .map(IgnoreSettings::toRule)
                        .toList())
                .withHealth(new HealthPolicy(
                        HealthPolicy.DEFAULT.addresses(),
                        HealthRulesText.held(application.health().checks())))
                .withSubstitution(definition.getSource().substitution())
                .withDependsOn(Optional.ofNullable(definition.getDependsOn())
                        .map(DependencySettings::getApplications)
                        .orElse(List.of()))
                .withSeverities(List.of())
                .withHistory(HistoryPolicy.DEFAULT);
    }

    private void tell(SourceMapping sources) {
        for (Source source : sources.left()) {
            find(
                    Level.unmapped,
                    "spec.sources",
                    Messages.ItemMapping_OneCheckout(source.repository()),
                    Messages.ItemMapping_OneCheckoutToDo());
        }
        if (sources.isWithoutRevision()) {
            find(
                    Level.note,
                    "spec.source.revision",
                    Messages.ItemMapping_Branch(request.branch()),
                    Messages.ItemMapping_BranchToDo());
        }
        Duration timeout = imported.application().sync().timeout();
        int minutes = PolicyMapping.minutes(timeout);
        if (!timeout.equals(Duration.ofMinutes(minutes))) {
            find(Level.note, "spec.sync.timeout", Messages.ItemMapping_Timeout(GoDuration.text(timeout), minutes), "");
        }
    }

    private void lost(String path) {
        String field = path.replace("spec.source.sources", "spec.sources");
        find(Level.unmapped, field, Messages.ItemMapping_NoField(), Messages.ItemMapping_NoFieldToDo());
    }

    private void find(Level level, String path, String why, String toDo) {
        findings.add(new Finding(level, imported.name(), imported.object(), imported.where(), path, why, toDo));
    }
}

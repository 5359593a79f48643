package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/**
 * One source, one destination and the policies between them (SEMANTICS 1).
 *
 * @param uuid decides ownership; survives rename and move, a copy gets a new one
 * @param ignore fields that are compared nowhere
 * @param health how the health of its objects is told
 * @param substitution values of variables in its manifests
 * @param dependsOn the names of the applications that must be in sync and healthy before it is synced
 * @param severities how bad which drift is: the first rule that matches
 * @param history how much of it is kept
 */
public record Application(
        UUID uuid,
        String name,
        Source source,
        Destination destination,
        SyncPolicy sync,
        List<IgnoreRule> ignore,
        HealthPolicy health,
        Substitution substitution,
        List<String> dependsOn,
        List<SeverityRule> severities,
        HistoryPolicy history)
        implements Serializable {
    public Application {
        ignore = List.copyOf(ignore);
        dependsOn = List.copyOf(dependsOn);
        severities = List.copyOf(severities);
    }

    /** One without variables, that depends on no other. */
    public Application(
            UUID uuid,
            String name,
            Source source,
            Destination destination,
            SyncPolicy sync,
            List<IgnoreRule> ignore,
            HealthPolicy health) {
        this(
                uuid,
                name,
                source,
                destination,
                sync,
                ignore,
                health,
                Substitution.NONE,
                List.of(),
                List.of(),
                HistoryPolicy.DEFAULT);
    }

    public Application(
            UUID uuid, String name, Source source, Destination destination, SyncPolicy sync, List<IgnoreRule> ignore) {
        this(uuid, name, source, destination, sync, ignore, HealthPolicy.DEFAULT);
    }

    /** One that ignores nothing. */
    public Application(UUID uuid, String name, Source source, Destination destination, SyncPolicy sync) {
        this(uuid, name, source, destination, sync, List.of());
    }

    public Application withUuid(UUID other) {
        return new Application(
                other, name, source, destination, sync, ignore, health, substitution, dependsOn, severities, history);
    }

    public Application withSource(Source other) {
        return new Application(
                uuid, name, other, destination, sync, ignore, health, substitution, dependsOn, severities, history);
    }

    public Application withDestination(Destination other) {
        return new Application(
                uuid, name, source, other, sync, ignore, health, substitution, dependsOn, severities, history);
    }

    public Application withSync(SyncPolicy other) {
        return new Application(
                uuid, name, source, destination, other, ignore, health, substitution, dependsOn, severities, history);
    }

    public Application withIgnore(List<IgnoreRule> other) {
        return new Application(
                uuid, name, source, destination, sync, other, health, substitution, dependsOn, severities, history);
    }

    public Application withHealth(HealthPolicy other) {
        return new Application(
                uuid, name, source, destination, sync, ignore, other, substitution, dependsOn, severities, history);
    }

    public Application withSubstitution(Substitution other) {
        return new Application(
                uuid, name, source, destination, sync, ignore, health, other, dependsOn, severities, history);
    }

    public Application withDependsOn(List<String> other) {
        return new Application(
                uuid, name, source, destination, sync, ignore, health, substitution, other, severities, history);
    }

    public Application withSeverities(List<SeverityRule> other) {
        return new Application(
                uuid, name, source, destination, sync, ignore, health, substitution, dependsOn, other, history);
    }

    public Application withHistory(HistoryPolicy other) {
        return new Application(
                uuid, name, source, destination, sync, ignore, health, substitution, dependsOn, severities, other);
    }
}

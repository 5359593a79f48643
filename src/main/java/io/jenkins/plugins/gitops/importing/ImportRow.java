package io.jenkins.plugins.gitops.importing;

import hudson.triggers.Trigger;
import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.application.DriftPolicy;
import java.util.List;
import java.util.stream.Collectors;

/** An item that would be made, for people. */
public final class ImportRow {
    private final MappedItem item;
    private final ApplicationDefinition definition;

    ImportRow(MappedItem item) {
        this.item = item;
        this.definition = item.definition();
    }

    public String getName() {
        return definition.getName();
    }

    public String getOrigin() {
        return item.origin();
    }

    public String getSource() {
        return item.source();
    }

    public String getRenderer() {
        return definition.getSource().getRenderer().getDescriptor().getDisplayName();
    }

    public String getDestination() {
        return definition.getCluster() + " / " + definition.getNamespace();
    }

    public String getSync() {
        String when = definition.getSync().isAutomatic() ? Messages.ImportRow_Automatic() : Messages.ImportRow_ByHand();
        String heals = definition.getDriftPolicy() == DriftPolicy.heal ? Messages.ImportRow_Heals() : "";
        String off = Boolean.TRUE.equals(definition.getDisabled()) ? Messages.ImportRow_Disabled() : "";
        return List.of(when, heals, off).stream()
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** When it looks for commits and drift. */
    public String getSchedule() {
        List<Trigger<?>> triggers = definition.getTriggers();
        return triggers == null || triggers.isEmpty() ? "" : triggers.get(0).getSpec();
    }
}

package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One compared object as a card or row of a page, and in the remote API. */
@ExportedBean(defaultVisibility = 3)
public final class DriftObject {
    private final ObjectDrift object;
    private final HealthStatus health;
    private final Instant now;

    DriftObject(ObjectDrift object, HealthStatus health, Instant now) {
        this.object = object;
        this.health = health;
        this.now = now;
    }

    @Exported
    public String getGroup() {
        return object.group();
    }

    @Exported
    public String getKind() {
        return object.kind();
    }

    @Exported
    public String getNamespace() {
        return object.namespace();
    }

    @Exported
    public String getName() {
        return object.name();
    }

    @Exported
    public Verdict getVerdict() {
        return object.verdict();
    }

    @Exported
    public String getMessage() {
        return object.message();
    }

    /** {@code file:line} of the manifest; empty for an object that is no longer in Git. */
    @Exported
    public String getOrigin() {
        return object.origin();
    }

    @Exported
    public List<DriftField> getFields() {
        return object.fields().stream().map(field -> new DriftField(field, now)).toList();
    }

    /** Null when the object has none. */
    @Exported
    public HealthStatus getHealth() {
        return health;
    }

    public String getHealthWords() {
        return health == null ? "" : Words.of(health);
    }

    public String getTitle() {
        return object.kind() + " " + object.name();
    }

    /** Everything that tells this object from others, for a tooltip and for sorting. */
    public String getKey() {
        return object.key().toString();
    }

    public String getVerdictWords() {
        return Words.of(object.verdict());
    }

    public String getColor() {
        return Words.color(object.verdict());
    }

    /** What a person should know beside the fields; empty when there is nothing. */
    public String getNote() {
        return switch (object.verdict()) {
            case Missing -> Messages.DriftObject_Missing(DriftField.gone(object.observedBetween(), now));
            case Extra -> Messages.DriftObject_Extra();
            case InSync -> object.ownership() == ObjectDrift.Ownership.repair ? Messages.DriftObject_Repair() : "";
            case Drifted, Unknown -> "";
        };
    }

    /** Who wrote a differing field last; null when nobody is known. */
    public DriftField getLastChanged() {
        return object.fields().stream()
                .filter(field -> field.manager() != null)
                .max(Comparator.comparing(FieldDrift::time, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(field -> new DriftField(field, now))
                .orElse(null);
    }

    /** Whether it needs a card: it differs, or there is something to say of it. */
    boolean isWorthACard() {
        return object.verdict() != Verdict.InSync || !Objects.equals(object.message(), "");
    }
}

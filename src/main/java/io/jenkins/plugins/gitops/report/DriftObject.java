package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
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
    private final Purpose purpose;
    private final HealthStatus health;
    private final Instant now;

    DriftObject(ObjectDrift object, Purpose purpose, HealthStatus health, Instant now) {
        this.object = object;
        this.purpose = purpose;
        this.health = health;
        this.now = now;
    }

    @Exported(merge = true)
    public ObjectHeader getHeader() {
        return new ObjectHeader(object.key(), object.origin());
    }

    @Exported
    public Verdict getVerdict() {
        return object.verdict();
    }

    @Exported
    public String getMessage() {
        return object.message();
    }

    @Exported
    public List<DriftField> getFields() {
        return object.fields().stream().map(field -> new DriftField(field, now)).toList();
    }

    /** How bad it is that it differs; null when it does not. */
    @Exported
    public Severity getSeverity() {
        return object.severity();
    }

    /** Empty where nobody has to be alarmed: a sync that is asked for sets out to change things. */
    public String getSeverityWords() {
        return object.severity() == null || purpose == Purpose.sync ? "" : Words.of(object.severity());
    }

    public String getSeverityColor() {
        return Words.color(object.severity());
    }

    /** The first of the consecutive reports that found it so, in milliseconds since 1970; null when that is not known. */
    @Exported(name = "firstSeen")
    public Long getFirstSeenMillis() {
        return object.firstSeen() == null ? null : object.firstSeen().toEpochMilli();
    }

    /** The same for the pages; null also where it differs because Git asks for something else. */
    public Moment getFirstSeen() {
        return object.firstSeen() == null || purpose == Purpose.sync ? null : new Moment(object.firstSeen(), now);
    }

    /** Null when the object has none. */
    @Exported
    public HealthStatus getHealth() {
        return health;
    }

    public String getHealthWords() {
        return health == null ? "" : Words.of(health);
    }

    public String getVerdictWords() {
        return Words.of(object.verdict(), purpose);
    }

    public String getColor() {
        return Words.color(object.verdict(), purpose);
    }

    /** What a person should know beside the fields; empty when there is nothing. */
    public String getNote() {
        return switch (object.verdict()) {
            case Missing -> isNew() ? "" : Messages.DriftObject_Missing(DriftField.gone(object.observedBetween(), now));
            case Extra -> Messages.DriftObject_Extra();
            case InSync -> object.ownership() == ObjectDrift.Ownership.repair ? Messages.DriftObject_Repair() : "";
            case Drifted, Unknown -> "";
        };
    }

    /** Whether a sync is about to create it, and nobody ever saw it. */
    private boolean isNew() {
        ObservedBetween between = object.observedBetween();
        return purpose == Purpose.sync && (between == null || between.lastSeenWith() == null);
    }

    /** Whether it differs as a whole, so that a line tells all of it. */
    boolean isWhole() {
        return object.fields().isEmpty();
    }

    /** Who else wrote a differing field last; null when nobody is known. */
    public DriftField getLastChanged() {
        return object.fields().stream()
                .filter(field -> field.manager() != null && !field.manager().equals(ObjectApi.FIELD_MANAGER))
                .max(Comparator.comparing(FieldDrift::time, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(field -> new DriftField(field, now))
                .orElse(null);
    }

    /** Whether it needs a card: it differs, or there is something to say of it. */
    boolean isWorthACard() {
        return object.verdict() != Verdict.InSync || !Objects.equals(object.message(), "");
    }
}

package io.jenkins.plugins.gitops.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One differing field as a row of a page, and in the remote API. */
@ExportedBean(defaultVisibility = 3)
public final class DriftField {
    private final FieldDrift field;
    private final Instant now;

    DriftField(FieldDrift field, Instant now) {
        this.field = field;
        this.now = now;
    }

    @Exported
    public String getPath() {
        return field.path();
    }

    @Exported
    public String getPointer() {
        return field.pointer();
    }

    @Exported
    public FieldDrift.Change getChange() {
        return field.change();
    }

    /** Secret data: nothing but the kind of change is known here. */
    @Exported
    public boolean isMasked() {
        return field.masked();
    }

    @Exported
    public String getManager() {
        return field.manager();
    }

    @Exported
    public String getOperation() {
        return field.operation();
    }

    @Exported
    public String getSubresource() {
        return field.subresource();
    }

    /** RFC 3339; null when the server keeps none. */
    @Exported
    public String getTime() {
        return field.time() == null ? null : field.time().toString();
    }

    @Exported(name = "desired")
    public String getDesiredText() {
        FieldValue value = getDesired();
        return value == null ? null : value.text();
    }

    @Exported(name = "live")
    public String getLiveText() {
        FieldValue value = getLive();
        return value == null ? null : value.text();
    }

    /** Null when Git does not have the field, or it is masked. */
    public FieldValue getDesired() {
        return FieldValue.of(field.desired()).orElse(null);
    }

    /** Null when the cluster does not have the field, or it is masked. */
    public FieldValue getLive() {
        return FieldValue.of(field.live()).orElse(null);
    }

    /** Line by line, when both sides are texts of several lines; otherwise null. */
    public TextDiff getDiff() {
        return isText(field.live()) && isText(field.desired())
                ? TextDiff.of(field.live().textValue(), field.desired().textValue())
                : null;
    }

    private static boolean isText(JsonNode node) {
        return node != null && node.isTextual() && node.textValue().strip().contains("\n");
    }

    public String getMaskedWords() {
        return switch (field.change()) {
            case changed -> Messages.DriftField_SecretChanged();
            case missing -> Messages.DriftField_SecretMissing();
            case removedFromGit -> Messages.DriftField_SecretRemoved();
        };
    }

    /** Who wrote the live value; never a guess. */
    public String getWho() {
        if (isOurs()) {
            return Messages.DriftField_Unchanged();
        }
        if (field.manager() != null) {
            return field.manager();
        }
        return field.change() == FieldDrift.Change.missing ? null : Messages.DriftField_NobodyClaims();
    }

    /** Whether the live value is what a sync of ours applied: Git is what changed. */
    boolean isOurs() {
        return ObjectApi.FIELD_MANAGER.equals(field.manager());
    }

    /** How it was written; null when nobody is known to have. */
    public String getHow() {
        if (field.operation() == null || isOurs()) {
            return null;
        }
        return field.subresource() == null
                ? field.operation()
                : Messages.DriftField_ThroughSubresource(field.operation(), field.subresource());
    }

    /** When the value was written or went away, as far as it is known. */
    public String getWhen() {
        if (field.change() == FieldDrift.Change.missing) {
            return gone(field.observedBetween(), now);
        }
        if (field.manager() == null) {
            return "";
        }
        if (field.time() == null) {
            return Messages.DriftField_NoTime();
        }
        String ago = new Moment(field.time(), now).getAgo();
        return isOurs() ? Messages.DriftField_Applied(ago) : Messages.DriftField_AtOrBefore(ago);
    }

    /** The exact time behind {@link #getWhen}; null when there is none. */
    public Moment getMoment() {
        Instant time = field.time();
        if (time == null && field.observedBetween() != null) {
            time = field.observedBetween().firstSeenWithout();
        }
        return time == null ? null : new Moment(time, now);
    }

    static String gone(ObservedBetween between, Instant now) {
        if (between == null || between.firstSeenWithout() == null) {
            return Messages.DriftField_NeverSeen();
        }
        Moment without = new Moment(between.firstSeenWithout(), now);
        if (between.lastSeenWith() == null) {
            return Messages.DriftField_FirstMissed(without.getAgo());
        }
        Moment.Interval gone = new Moment(between.lastSeenWith(), now).to(without);
        return Messages.DriftField_GoneBetween(gone.begin(), gone.end());
    }
}

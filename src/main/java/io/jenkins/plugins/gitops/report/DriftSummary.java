package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The numbers of a drift report, small enough for {@code build.xml}. A plain class, because XStream cannot read records back;
 * times are milliseconds since 1970, 0 for none.
 */
@ExportedBean(defaultVisibility = 3)
public final class DriftSummary {
    private final String application;
    private final String revision;
    /** Null in builds of versions that did not tell. */
    private final Purpose purpose;

    private final ApplicationVerdict verdict;
    private final long time;
    private final int inSync;
    private final int drifted;
    private final int missing;
    private final int extra;
    private final int unknown;
    private final String lastManager;
    private final long lastChange;

    DriftSummary(DriftReport report, Purpose purpose) {
        this.purpose = purpose;
        application = report.application();
        revision = report.revision();
        verdict = report.verdict();
        time = report.time().toEpochMilli();
        inSync = count(report, Verdict.InSync);
        drifted = count(report, Verdict.Drifted);
        missing = count(report, Verdict.Missing);
        extra = count(report, Verdict.Extra);
        unknown = count(report, Verdict.Unknown);
        Optional<FieldDrift> last = lastChanged(report);
        lastManager = last.map(FieldDrift::manager).orElse(null);
        lastChange = last.map(FieldDrift::time).map(Instant::toEpochMilli).orElse(0L);
    }

    /**
     * The field that somebody else wrote last, for what we wrote ourselves differs because Git changed; where the server keeps no time for any, one whose manager is known. */
    private static Optional<FieldDrift> lastChanged(DriftReport report) {
        return fields(report)
                .max(Comparator.comparing(FieldDrift::time, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    private static Stream<FieldDrift> fields(DriftReport report) {
        return report.objects().stream()
                .map(ObjectDrift::fields)
                .flatMap(java.util.List::stream)
                .filter(field -> field.manager() != null && !field.manager().equals(ObjectApi.FIELD_MANAGER));
    }

    private static int count(DriftReport report, Verdict verdict) {
        return (int) report.objects().stream()
                .filter(object -> object.verdict() == verdict)
                .count();
    }

    @Exported
    public String getApplication() {
        return application;
    }

    /** Full commit id, or empty. */
    @Exported
    public String getRevision() {
        return revision;
    }

    /** Whether what differs is drift, or what a sync sets out to change. */
    @Exported
    public Purpose getPurpose() {
        return purpose == null ? Purpose.check : purpose;
    }

    @Exported
    public ApplicationVerdict getVerdict() {
        return verdict;
    }

    /** When the comparison ended. */
    @Exported
    public long getTime() {
        return time;
    }

    @Exported
    public int getInSync() {
        return inSync;
    }

    @Exported
    public int getDrifted() {
        return drifted;
    }

    @Exported
    public int getMissing() {
        return missing;
    }

    @Exported
    public int getExtra() {
        return extra;
    }

    @Exported
    public int getUnknown() {
        return unknown;
    }

    /** Who wrote the field that was written last of those that differ; null when nobody is known. */
    @Exported
    public String getLastManager() {
        return lastManager;
    }

    /** When that manager wrote last; 0 when the server keeps no time. */
    @Exported
    public long getLastChange() {
        return lastChange;
    }

    public int getObjects() {
        return inSync + drifted + missing + extra + unknown;
    }

    public boolean isInSync() {
        return verdict == ApplicationVerdict.InSync;
    }
}

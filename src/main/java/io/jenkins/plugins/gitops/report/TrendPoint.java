package io.jenkins.plugins.gitops.report;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * How many objects differed at one time: what a check found, or nothing after a sync that left nothing undone. A plain class,
 * because XStream cannot read records back.
 */
@ExportedBean(defaultVisibility = 3)
public final class TrendPoint {
    private final long time;
    private final int build;
    private final boolean sync;
    private final int drifted;
    private final int missing;
    private final int extra;
    private final int unknown;

    TrendPoint(long time, int build, boolean sync, int drifted, int missing, int extra, int unknown) {
        this.time = time;
        this.build = build;
        this.sync = sync;
        this.drifted = drifted;
        this.missing = missing;
        this.extra = extra;
        this.unknown = unknown;
    }

    static TrendPoint found(int build, DriftSummary drift) {
        return new TrendPoint(
                drift.getTime(),
                build,
                false,
                drift.getDrifted(),
                drift.getMissing(),
                drift.getExtra(),
                drift.getUnknown());
    }

    static TrendPoint synced(int build, long time) {
        return new TrendPoint(time, build, true, 0, 0, 0, 0);
    }

    /** In milliseconds since 1970. */
    @Exported
    public long getTime() {
        return time;
    }

    /** The build that found it or synced; it may be gone. */
    @Exported
    public int getBuild() {
        return build;
    }

    /** Whether a sync put all right here; else a check found this. */
    @Exported
    public boolean isSync() {
        return sync;
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

    public int getDiffering() {
        return drifted + missing + extra + unknown;
    }

    boolean isLike(TrendPoint other) {
        return sync == other.sync
                && drifted == other.drifted
                && missing == other.missing
                && extra == other.extra
                && unknown == other.unknown;
    }
}

package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What was done to one object, as a row of a page and in the remote API. */
@ExportedBean(defaultVisibility = 3)
public final class SyncObject {
    private final ObjectSync object;
    private final long longestMs;

    /** @param longestMs the longest duration of the report, which a full bar stands for */
    SyncObject(ObjectSync object, long longestMs) {
        this.object = object;
        this.longestMs = longestMs;
    }

    @Exported(merge = true)
    public ObjectHeader getHeader() {
        return new ObjectHeader(object.key(), object.origin());
    }

    @Exported
    public ObjectSync.Action getAction() {
        return object.action();
    }

    @Exported
    public String getMessage() {
        return object.message();
    }

    @Exported
    public String getPhase() {
        return object.phase();
    }

    @Exported
    public int getWave() {
        return object.wave();
    }

    @Exported
    public long getDurationMs() {
        return object.durationMs();
    }

    /** Null when the object has none, or it was not looked at. */
    @Exported
    public HealthStatus getHealth() {
        return object.health();
    }

    @Exported
    public String getHealthMessage() {
        return object.healthMessage();
    }

    public String getActionWords() {
        return Words.of(object.action());
    }

    public String getActionColor() {
        return Words.color(object.action());
    }

    public String getHealthWords() {
        return object.health() == null ? "" : Words.of(object.health());
    }

    public String getHealthColor() {
        return object.health() == null ? "" : Words.color(object.health());
    }

    /** Whether the object's health needs words: it has one, and it is not well. */
    public boolean isUnwell() {
        return object.health() != null && object.health() != HealthStatus.Healthy;
    }

    public String getDuration() {
        return Words.duration(object.durationMs());
    }

    /** Per cent of the longest; at least so much that one sees it. */
    public long getBar() {
        return longestMs == 0 ? 0 : Math.max(1, object.durationMs() * 100 / longestMs);
    }

    /** Whether the object was left alone and there is nothing to say about that. */
    boolean isQuiet() {
        return switch (object.action()) {
            case unchanged -> !isUnwell();
            case skipped -> object.message().isEmpty();
            default -> false;
        };
    }

    /** Whether somebody has to approve what is to be done to it. */
    public boolean isWaiting() {
        return object.action() == ObjectSync.Action.waiting;
    }

    boolean isFailed() {
        return object.action() == ObjectSync.Action.failed;
    }
}

package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.field.ShortRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sync report as a page shows it: what failed first, then wave by wave, then what was left alone. */
public final class SyncPage {
    private final SyncReport report;
    private final SyncSummary summary;
    private final List<SyncObject> objects;
    private final Instant now;

    SyncPage(SyncReport report, Instant now) {
        this.report = report;
        this.summary = new SyncSummary(report);
        this.now = now;
        long longest = report.objects().stream()
                .mapToLong(ObjectSync::durationMs)
                .max()
                .orElse(0);
        this.objects = report.objects().stream()
                .map(object -> new SyncObject(object, longest))
                .toList();
    }

    /** Objects of one wave, in the order in which they were carried out. */
    public record Wave(String title, List<SyncObject> objects) {
        public String getTitle() {
            return title;
        }

        public List<SyncObject> getObjects() {
            return objects;
        }
    }

    public SyncSummary getSummary() {
        return summary;
    }

    public String getHeadline() {
        return Headline.of(summary);
    }

    public String getMessage() {
        return report.message();
    }

    public String getColor() {
        return Words.color(summary.getResult());
    }

    public String getIcon() {
        return summary.getIcon();
    }

    public String getHealthWords() {
        return summary.getHealth() == null ? "" : Words.of(summary.getHealth());
    }

    public String getHealthColor() {
        return summary.getHealth() == null ? "" : Words.color(summary.getHealth());
    }

    public Moment getTime() {
        return new Moment(report.time(), now);
    }

    public String getRevision() {
        return report.revision();
    }

    public String getShortRevision() {
        return ShortRevision.of(report.revision());
    }

    public List<String> getWarnings() {
        return report.warnings();
    }

    public List<SyncObject> getObjects() {
        return objects;
    }

    public List<SyncObject> getFailures() {
        return objects.stream().filter(SyncObject::isFailed).toList();
    }

    public List<Wave> getWaves() {
        Map<String, List<SyncObject>> waves = new LinkedHashMap<>();
        objects.stream()
                .filter(object -> !object.isQuiet())
                .forEach(object -> waves.computeIfAbsent(title(object), title -> new ArrayList<>())
                        .add(object));
        return waves.entrySet().stream()
                .map(entry -> new Wave(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String title(SyncObject object) {
        return Messages.SyncPage_Wave(object.getPhase(), Integer.toString(object.getWave()));
    }

    /** Objects that were in sync before, and are. */
    public List<SyncObject> getQuiet() {
        return objects.stream().filter(SyncObject::isQuiet).toList();
    }
}

package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.field.ShortRevision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A drift report as a page shows it, at one moment. */
public final class DriftPage {
    private final DriftReport report;
    private final DriftSummary summary;
    private final List<DriftObject> objects;
    private final Paging<DriftObject> cards;
    private final Instant now;

    DriftPage(DriftReport report, Purpose purpose, Optional<HealthReport> health, int from, Instant now) {
        Map<ResourceKey, HealthStatus> healths = health.map(DriftPage::byKey).orElse(Map.of());
        this.report = report;
        this.summary = new DriftSummary(report, purpose);
        this.now = now;
        this.objects = report.objects().stream()
                .map(object -> new DriftObject(object, purpose, healths.get(object.key()), now))
                .toList();
        this.cards =
                new Paging<>(objects.stream().filter(DriftObject::isWorthACard).toList(), from);
    }

    private static Map<ResourceKey, HealthStatus> byKey(HealthReport report) {
        return report.objects().stream()
                .filter(object -> object.status() != null)
                .collect(Collectors.toMap(
                        object -> new ResourceKey(object.group(), object.kind(), object.namespace(), object.name()),
                        HealthReport.ObjectHealth::status,
                        HealthStatus::worse));
    }

    public DriftSummary getSummary() {
        return summary;
    }

    public String getHeadline() {
        return Headline.of(summary, now);
    }

    public String getColor() {
        return Words.color(summary.getVerdict());
    }

    public String getIcon() {
        return switch (summary.getVerdict()) {
            case InSync -> "symbol-status-blue";
            case OutOfSync ->
                summary.getPurpose() == Purpose.check ? "symbol-status-yellow" : "symbol-drift plugin-gitops";
            case Unknown -> "symbol-status-aborted";
        };
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

    public List<DriftObject> getObjects() {
        return objects;
    }

    public Paging<DriftObject> getCards() {
        return cards;
    }

    /** Those of the part that is shown of which a line tells all. */
    public List<DriftObject> getWhole() {
        return cards.getItems().stream().filter(DriftObject::isWhole).toList();
    }

    /** Those of the part that is shown that differ in fields. */
    public List<DriftObject> getDetailed() {
        return cards.getItems().stream().filter(object -> !object.isWhole()).toList();
    }
}

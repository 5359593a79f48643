package io.jenkins.plugins.gitops.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void whatCannotBeComparedIsSoSinceTheFirstReportThatCouldNot() {
        ObjectDrift unknown = object(Verdict.Unknown, NOON);

        Observations after = Observations.EMPTY.after(report(NOON, unknown));

        assertThat(after.differsSince(unknown.key(), NOON.plusSeconds(900))).isEqualTo(NOON);
        Instant later = NOON.plusSeconds(1800);
        assertThat(after.after(report(later, object(Verdict.InSync, null))).differsSince(unknown.key(), later))
                .isEqualTo(later);
    }

    private static ObjectDrift object(Verdict verdict, Instant firstSeen) {
        return new ObjectDrift(
                "",
                "ConfigMap",
                "shop",
                "greeting",
                verdict,
                "",
                "",
                ObjectDrift.Ownership.none,
                null,
                Severity.warning,
                firstSeen,
                "",
                List.of());
    }

    private static DriftReport report(Instant time, ObjectDrift object) {
        return new DriftReport(
                DriftReport.SCHEMA_VERSION,
                "shop",
                "",
                time,
                ApplicationVerdict.of(List.of(object.verdict())),
                List.of(object),
                List.of());
    }
}

package io.jenkins.plugins.gitops.report;

import static io.jenkins.plugins.gitops.report.Outcomes.changed;
import static io.jenkins.plugins.gitops.report.Outcomes.drift;
import static io.jenkins.plugins.gitops.report.Outcomes.drifted;
import static io.jenkins.plugins.gitops.report.Outcomes.extra;
import static io.jenkins.plugins.gitops.report.Outcomes.inSync;
import static io.jenkins.plugins.gitops.report.Outcomes.missing;
import static io.jenkins.plugins.gitops.report.Outcomes.scaled;
import static io.jenkins.plugins.gitops.report.Outcomes.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadlineTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theLastChangeIsNamed() {
        assertThat(headline(drift(
                        drifted(
                                "Deployment",
                                "a",
                                changed("x", IntNode.valueOf(1), IntNode.valueOf(2), "helm", at(90))),
                        drifted(
                                "Deployment",
                                "b",
                                changed("x", IntNode.valueOf(1), IntNode.valueOf(2), "kubectl-edit", at(4)),
                                scaled(1, 2, "kubectl")),
                        drifted("Deployment", "c", scaled(1, 2, "kubectl")))))
                .isEqualTo("3 objects drifted; last change 4 minutes ago by kubectl-edit");
    }

    @Test
    void withoutAnyTimeOnlyTheManagerIsNamed() {
        assertThat(headline(drift(drifted("Deployment", "a", scaled(1, 2, "kubectl")))))
                .isEqualTo("1 object drifted; changed by kubectl");
    }

    @Test
    void everyKindOfDifferenceIsCounted() {
        assertThat(headline(drift(
                        missing("Service", "a", null),
                        missing("Service", "b", null),
                        extra("Service", "c"),
                        unknown("Service", "d", "403"),
                        inSync("Service", "e"))))
                .isEqualTo("2 objects missing, 1 object no longer in Git, 1 object could not be compared");
    }

    /** Git is what changed: nothing has drifted. */
    @Test
    void aSyncCountsWhatItSetsOutToChange() {
        DriftReport report = drift(
                drifted(
                        "Deployment",
                        "a",
                        changed("x", IntNode.valueOf(1), IntNode.valueOf(2), "jenkins-gitops", at(90))),
                missing("Service", "b", null),
                extra("Service", "c"));

        assertThat(Headline.of(new DriftSummary(report, Purpose.sync), NOW))
                .isEqualTo("1 object to change, 1 object to create, 1 object no longer in Git");
    }

    @Test
    void aSyncNamesWhoseChangeItOverwrites() {
        DriftReport report = drift(drifted(
                "Deployment", "a", changed("x", IntNode.valueOf(1), IntNode.valueOf(2), "kubectl-edit", at(4))));

        assertThat(Headline.of(new DriftSummary(report, Purpose.sync), NOW))
                .isEqualTo("1 object to change; last change in the cluster 4 minutes ago by kubectl-edit");
    }

    @Test
    void inSyncSaysHowMany() {
        assertThat(headline(drift())).isEqualTo("In sync: nothing in Git, and nothing in the cluster");
        assertThat(headline(drift(inSync("Service", "a")))).isEqualTo("In sync: the one object is as Git says");
    }

    @ParameterizedTest
    @CsvSource({
        "0, just now",
        "59, 59 seconds ago",
        "60, 1 minute ago",
        "3599, 59 minutes ago",
        "3600, 1 hour ago",
        "172799, 47 hours ago",
        "172800, 2 days ago",
        "-30, just now"
    })
    void agesAreRoundedDownToTheLargestUnit(long seconds, String words) {
        assertThat(new Moment(NOW.minusSeconds(seconds), NOW).getAgo()).isEqualTo(words);
    }

    @Test
    void anIntervalBeginsWithItsDayAndNamesItOnce() {
        Instant noon = LocalDate.of(2026, 2, 28)
                .atTime(12, 0)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        Moment begin = new Moment(noon, NOW);

        Moment.Interval minutes = begin.to(new Moment(noon.plusSeconds(150), NOW));
        assertThat(minutes.begin()).contains("2026").contains("12:00:00");
        assertThat(minutes.end()).doesNotContain("2026").contains("12:02:30");

        Moment.Interval days = begin.to(new Moment(noon.plus(Duration.ofDays(2)), NOW));
        assertThat(days.begin()).isEqualTo(minutes.begin());
        assertThat(days.end()).contains("2026").contains("12:00:00");
    }

    private static Instant at(int minutesAgo) {
        return NOW.minus(Duration.ofMinutes(minutesAgo));
    }

    private static String headline(DriftReport report) {
        return Headline.of(new DriftSummary(report, Purpose.check), NOW);
    }
}

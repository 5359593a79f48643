package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.FieldDrift.Change;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTextTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aValueIsShownFromLiveToDesiredWithItsWriter() throws Exception {
        assertThat(text(field(Change.changed, "\"3\"", "5", "kubectl-edit", null, TIME)))
                .contains("spec.x  written by kubectl-edit (Update), at or before 2026-01-02T03:04:05Z (2 min ago)")
                .contains("  - 5\n  + \"3\"\n");
    }

    @Test
    void aWriteToASubresourceHasNoTimeAndThatIsSaid() throws Exception {
        assertThat(text(field(Change.changed, "3", "5", "kubectl", "scale", null)))
                .contains("written by kubectl (Update of scale), the server keeps no time for it");
    }

    @Test
    void aListIsShownAsYaml() throws Exception {
        assertThat(text(field(
                        Change.removedFromGit, "null", "[{\"name\":\"a\",\"port\":1}]", "jenkins-gitops", null, TIME)))
                .contains("removed from Git; written by jenkins-gitops")
                .contains("  - - name: a\n  -   port: 1\n")
                .doesNotContain("  + ");
    }

    @Test
    void aMaskedFieldShowsNoValue() {
        FieldDrift masked = new FieldDrift(
                "data.password", "", Change.changed, null, null, true, "kubectl-edit", "Update", null, TIME, null);

        assertThat(text(masked))
                .contains("~ (secret, changed)")
                .doesNotContain("  - ")
                .doesNotContain("  + ");
    }

    @Test
    void nobodyIsNamedForWhatWentAway() {
        FieldDrift gone = new FieldDrift(
                "metadata.labels.tier",
                "",
                Change.missing,
                JSON.getNodeFactory().textNode("front"),
                null,
                false,
                null,
                null,
                null,
                null,
                new ObservedBetween(TIME.minusSeconds(60), TIME));

        assertThat(text(gone))
                .contains(
                        "metadata.labels.tier  went away between 2026-01-02T03:03:05Z and 2026-01-02T03:04:05Z (2 min ago)")
                .contains("  + front\n")
                .doesNotContain("written by");
    }

    @Test
    void anObjectSaysHowBadItIsAndSinceWhenItWasKnownBefore() throws Exception {
        FieldDrift field = field(Change.changed, "3", "5", "kubectl-edit", null, TIME);

        assertThat(new DriftText(Style.PLAIN, moments())
                        .render(report(Severity.critical, TIME.minusSeconds(60), field)))
                .contains(
                        "Deployment.apps shop/web  Drifted  critical, first seen 2026-01-02T03:03:05Z (3 min ago)  web.yaml:1");
        assertThat(new DriftText(Style.PLAIN, moments()).render(report(Severity.info, TIME, field)))
                .contains("Deployment.apps shop/web  Drifted  info  web.yaml:1");
    }

    @Test
    void coloursAreThereWhenAskedFor() throws Exception {
        DriftReport report = report(field(Change.changed, "3", "5", "kubectl-edit", null, TIME));

        assertThat(new DriftText(new Style(true), moments()).render(report))
                .contains("\u001b[31m  - 5\u001b[0m")
                .contains("\u001b[32m  + 3\u001b[0m");
    }

    private static FieldDrift field(
            Change change, String desired, String live, String manager, String subresource, Instant time)
            throws Exception {
        JsonNode wanted = desired.equals("null") ? null : JSON.readTree(desired);
        return new FieldDrift(
                "spec.x",
                "/spec/x",
                change,
                wanted,
                JSON.readTree(live),
                false,
                manager,
                "Update",
                subresource,
                time,
                null);
    }

    private static String text(FieldDrift field) {
        return new DriftText(Style.PLAIN, moments()).render(report(field));
    }

    private static Moments moments() {
        return new Moments(TIME.plusSeconds(120));
    }

    private static DriftReport report(FieldDrift field) {
        return report(null, null, field);
    }

    private static DriftReport report(Severity severity, Instant firstSeen, FieldDrift field) {
        ObjectDrift object = new ObjectDrift(
                "apps",
                "Deployment",
                "shop",
                "web",
                Verdict.Drifted,
                "",
                "web.yaml:1",
                Ownership.owned,
                null,
                severity,
                firstSeen,
                "",
                List.of(field));
        return new DriftReport(1, "shop", "abc", TIME, ApplicationVerdict.OutOfSync, List.of(object), List.of());
    }
}

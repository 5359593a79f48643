package io.jenkins.plugins.gitops.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FindingsTest {
    private static ReconcileOutcome outcome(String drift, String sync, String health, String error) {
        return new ReconcileOutcome(drift, null, sync, health, null, null, null, false, error, error == null ? 0 : 3);
    }

    private static String drift(String verdict) {
        return "{\"verdict\":\"" + verdict + "\",\"objects\":[],\"warnings\":[]}";
    }

    private static String health(String status) {
        return "{\"objects\":[{\"kind\":\"Pod\",\"name\":\"web\",\"status\":" + quoted(status) + "}]}";
    }

    private static String sync(String result, String health, String action, boolean dryRun) {
        return "{\"result\":%s,\"health\":%s,\"dryRun\":%s,\"objects\":[{\"action\":%s}],\"warnings\":[]}"
                .formatted(quoted(result), quoted(health), dryRun, quoted(action));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    @ParameterizedTest
    @CsvSource({
        // result, health, what became of the object, dry run, build's result, all applied
        "Succeeded, Healthy,     configured, false, SUCCESS,  true",
        "Succeeded, Suspended,   configured, false, SUCCESS,  true",
        "Succeeded, Progressing, configured, false, SUCCESS,  true",
        "Succeeded, ,            configured, false, SUCCESS,  true",
        "Succeeded, Missing,     configured, false, UNSTABLE, true",
        "Succeeded, Degraded,    configured, false, UNSTABLE, true",
        "Succeeded, Unknown,     configured, false, UNSTABLE, true",
        "Succeeded, ,            configured, true,  SUCCESS,  false",
        "Failed,    Degraded,    configured, false, UNSTABLE, true",
        "Failed,    Progressing, configured, false, UNSTABLE, true",
        "Failed,    Unknown,     configured, false, UNSTABLE, true",
        "Failed,    Degraded,    failed,     false, FAILURE,  false",
        "Failed,    Degraded,    skipped,    false, FAILURE,  false",
        "Failed,    ,            configured, false, FAILURE,  false",
        "Failed,    ,            configured, true,  FAILURE,  false",
        "Refused,   ,            skipped,    false, FAILURE,  false",
        "Aborted,   ,            configured, false, ABORTED,  false",
    })
    void aSyncDecidesByItsReport(
            String result, String health, String action, boolean dryRun, String build, boolean applied) {
        Findings findings = new Findings(outcome(drift("OutOfSync"), sync(result, health, action, dryRun), null, null));
        assertThat(findings.result()).isEqualTo(Result.fromString(build));
        assertThat(findings.isApplied()).isEqualTo(applied);
    }

    @ParameterizedTest
    @CsvSource({
        "InSync,    Healthy,     SUCCESS",
        "InSync,    ,            SUCCESS",
        "InSync,    Progressing, SUCCESS",
        "InSync,    Degraded,    UNSTABLE",
        "InSync,    Missing,     UNSTABLE",
        "InSync,    Unknown,     UNSTABLE",
        "OutOfSync, Healthy,     UNSTABLE",
        "Unknown,   Healthy,     FAILURE",
    })
    void aCheckDecidesByDriftThenByHealth(String verdict, String health, String build) {
        assertThat(outcome(drift(verdict), null, health(health), null).result()).isEqualTo(Result.fromString(build));
    }

    /** A check finds the same health that a sync ends with, and both builds have one colour. */
    @ParameterizedTest
    @EnumSource(HealthStatus.class)
    void healthWeighsTheSameInACheckAndInASync(HealthStatus status) {
        assertThat(outcome(drift("InSync"), null, health(status.name()), null).result())
                .isEqualTo(outcome(null, sync("Succeeded", status.name(), "unchanged", false), null, null)
                        .result());
    }

    @Test
    void anErrorIsAFailureWhateverIsKnownAndNothingKnownIsOneToo() {
        assertThat(outcome(drift("InSync"), null, health("Healthy"), "no").result())
                .isEqualTo(Result.FAILURE);
        assertThat(outcome(null, null, null, null).result()).isEqualTo(Result.FAILURE);
        assertThat(new Findings(outcome(drift("InSync"), null, null, "no")).isInSync())
                .isFalse();
    }

    private static String digest(String live, boolean masked, String time) {
        return new Findings(outcome("""
                        {"verdict": "OutOfSync", "warnings": [], "objects": [
                          {"kind": "Pod", "name": "web", "verdict": "Unknown", "firstSeen": "%3$s", "fields": []},
                          {"kind": "ConfigMap", "name": "greeting", "verdict": "Drifted", "firstSeen": "%3$s", "fields": [
                            {"path": "data.text", "change": "changed", "live": "%1$s", "masked": %2$s, "time": "%3$s"}]}]}
                        """.formatted(live, masked, time), null, null, null))
                .digest()
                .orElseThrow();
    }

    @Test
    void theSameDriftIsTheSameFindingWheneverItIsSeenAndASecretThatIsChangedAgainIsAnother() {
        String noon = "2026-11-24T12:00:00Z";
        String later = "2026-11-24T12:15:00Z";

        assertThat(digest("a", false, later))
                .isEqualTo(digest("a", false, noon))
                .isNotEqualTo(digest("b", false, noon));
        assertThat(digest("", true, later)).isNotEqualTo(digest("", true, noon));
    }

    @Test
    void whatWasStoppedIsAborted() {
        assertThat(new ReconcileOutcome(drift("InSync"), null, null, null, null, null, null, true, "stopped", 0)
                        .result())
                .isEqualTo(Result.ABORTED);
    }
}

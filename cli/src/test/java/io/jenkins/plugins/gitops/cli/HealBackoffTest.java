package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS 8. */
class HealBackoffTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final HealBackoff backoff = new HealBackoff();

    @Test
    void waitsLongerEachTimeTheSameFieldComesBackAndStopsAtTheSixthReturn() {
        DriftReport drift = drift("spec.replicas");
        Instant now = START;
        for (int seconds : new int[] {0, 2, 6, 18, 54}) {
            assertThat(backoff.next(drift, now)).contains(now.plusSeconds(seconds));
            now = now.plusSeconds(seconds);
            backoff.healed(drift, now);
        }

        assertThat(backoff.next(drift, now.plusSeconds(60))).isEmpty();
        assertThat(backoff.fight(drift)).contains("Deployment.apps shop/web spec.replicas", "6 times", "night-shift");
    }

    @Test
    void anotherFieldIsHealedAtOnce() {
        backoff.healed(drift("spec.replicas"), START);

        assertThat(backoff.next(drift("spec.paused"), START)).contains(START);
    }

    @Test
    void aFieldThatWasSeenToStayAsGitSaysStartsAnew() {
        DriftReport drift = drift("spec.replicas");
        for (int i = 0; i < 5; i++) {
            backoff.healed(drift, START);
        }
        Instant later = START.plus(Duration.ofHours(1));
        backoff.seen(drift, later);
        assertThat(backoff.next(drift, later)).as("it is still fought for").isEmpty();

        backoff.seen(drift("spec.paused"), START.plus(Duration.ofMinutes(1)));
        assertThat(backoff.next(drift, later)).as("too soon to tell").isEmpty();
        backoff.seen(drift("spec.paused"), later);
        assertThat(backoff.next(drift, later)).contains(later);
    }

    private static DriftReport drift(String path) {
        FieldDrift field = new FieldDrift(
                path,
                "",
                FieldDrift.Change.changed,
                TextNode.valueOf("a"),
                TextNode.valueOf("b"),
                false,
                "night-shift",
                "Update",
                null,
                START,
                null);
        ObjectDrift object = new ObjectDrift(
                "apps",
                "Deployment",
                "shop",
                "web",
                Verdict.Drifted,
                "",
                "web.yaml:1",
                ObjectDrift.Ownership.owned,
                null,
                "",
                List.of(field));
        return new DriftReport(1, "shop", "abc", START, ApplicationVerdict.OutOfSync, List.of(object), List.of());
    }
}

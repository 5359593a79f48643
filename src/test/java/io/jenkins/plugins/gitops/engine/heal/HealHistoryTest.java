package io.jenkins.plugins.gitops.engine.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SEMANTICS 8. */
class HealHistoryTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final ResourceKey WEB = new ResourceKey("apps", "Deployment", "shop", "web");
    private static final ResourceKey API = new ResourceKey("apps", "Deployment", "shop", "api");

    @Test
    void anObjectWaitsLongerEachTimeTheSameFieldComesBackAndIsFoughtForAtTheSixthReturn() {
        DriftReport drift = report(drifted("web", "spec.replicas"), drifted("api", "spec.paused"));
        HealHistory history = HealHistory.EMPTY;
        Instant now = START;
        for (int seconds : new int[] {0, 2, 6, 18, 54}) {
            if (seconds > 0) {
                assertThat(history.decide(drift, now.plusSeconds(seconds - 1)).later())
                        .containsEntry(WEB, now.plusSeconds(seconds));
            }
            now = now.plusSeconds(seconds);
            assertThat(history.decide(drift, now).due()).contains(WEB);
            history = history.healed(drift, Set.of(WEB), now);
        }

        HealDecision decision = history.decide(drift, now.plusSeconds(3600));
        assertThat(decision.due()).as("others are healed").containsExactly(API);
        assertThat(decision.fights()).singleElement().satisfies(fight -> {
            assertThat(fight.object()).isEqualTo(WEB);
            assertThat(fight.message())
                    .startsWith(
                            "Deployment.apps shop/web spec.replicas came back 6 times; written by night-shift. Healing");
        });
    }

    @Test
    void anObjectThatIsFoughtForIsHealedEveryFiveMinutesWhenThePaceGoesOn() {
        HealPace pace = HealPace.DEFAULT.withGoesOn(true);
        DriftReport drift = report(drifted("web", "spec.replicas"));
        HealHistory history = HealHistory.EMPTY;
        for (int i = 0; i < 5; i++) {
            history = history.healed(drift, Set.of(WEB), START);
        }

        HealDecision early = history.decide(drift, START.plusSeconds(299), pace);
        assertThat(early.later()).containsEntry(WEB, START.plusSeconds(300));
        assertThat(early.fights())
                .singleElement()
                .satisfies(fight -> assertThat(fight.message()).contains("healed every 5 minutes"));
        assertThat(history.decide(drift, START.plusSeconds(300), pace).due()).containsExactly(WEB);
        HealHistory again = history.healed(drift, Set.of(WEB), START.plusSeconds(300));
        assertThat(again.decide(drift, START.plusSeconds(301), pace).later())
                .containsEntry(WEB, START.plusSeconds(600));
    }

    /** The clock of a machine may be set back: what was healed "later" than now must not be fought at full speed. */
    @Test
    void aClockThatIsSetBackMakesItWaitLongerNotShorter() {
        DriftReport drift = report(drifted("web", "spec.replicas"));
        HealHistory history = HealHistory.EMPTY.healed(drift, Set.of(WEB), START);

        HealDecision decision = history.decide(drift, START.minusSeconds(60));

        assertThat(decision.due()).isEmpty();
        assertThat(decision.later()).containsEntry(WEB, START.plusSeconds(2));
    }

    @Test
    void aClockThatIsSetBackByAYearStopsNoHealingForAYear() {
        DriftReport drift = report(drifted("web", "spec.replicas"));
        Instant now = START.minusSeconds(365 * 24 * 3600);
        HealHistory history = HealHistory.EMPTY
                .healed(drift, Set.of(WEB), START)
                .healed(drift, Set.of(WEB), START)
                .seen(drift, now);

        assertThat(history.decide(drift, now).later()).as("no sooner").containsEntry(WEB, now.plusSeconds(6));
        assertThat(history.seen(drift, now.plusSeconds(6))
                        .decide(drift, now.plusSeconds(6))
                        .due())
                .containsExactly(WEB);
    }

    @Test
    void aClockThatIsSetForwardByAYearForgetsNoFightThatGoesOn() {
        DriftReport drift = report(drifted("web", "spec.replicas"));
        HealHistory history = HealHistory.EMPTY;
        for (int i = 0; i < 5; i++) {
            history = history.healed(drift, Set.of(WEB), START);
        }
        Instant now = START.plusSeconds(365 * 24 * 3600);

        assertThat(history.seen(drift, now).decide(drift, now).fights()).hasSize(1);
    }

    @Test
    void anotherFieldOfTheObjectIsHealedAtOnce() {
        HealHistory history = HealHistory.EMPTY.healed(report(drifted("web", "spec.replicas")), Set.of(WEB), START);

        assertThat(history.decide(report(drifted("web", "spec.paused")), START).due())
                .containsExactly(WEB);
    }

    @Test
    void whatIsInSyncOrUnknownIsNotHealed() {
        DriftReport drift = report(object("web", Verdict.InSync), object("api", Verdict.Unknown));

        assertThat(HealHistory.EMPTY.decide(drift, START))
                .isEqualTo(new HealDecision(Set.of(), java.util.Map.of(), List.of()));
    }

    @Test
    void aDeletedObjectComesBackAsAWhole() {
        DriftReport drift = report(object("web", Verdict.Missing));
        HealHistory history = HealHistory.EMPTY;
        for (int i = 0; i < 5; i++) {
            history = history.healed(drift, Set.of(WEB), START);
        }

        assertThat(history.decide(drift, START).fights().get(0).message())
                .startsWith("Deployment.apps shop/web came back 6 times. Healing");
    }

    @Test
    void itIsKeptAsJson() throws Exception {
        HealHistory history = HealHistory.EMPTY.healed(report(drifted("web", "spec.replicas")), Set.of(WEB), START);

        assertThat(ReportJson.read(ReportJson.pretty(history), HealHistory.class))
                .isEqualTo(history);
    }

    private static DriftReport report(ObjectDrift... objects) {
        return new DriftReport(1, "shop", "abc", START, ApplicationVerdict.OutOfSync, List.of(objects), List.of());
    }

    private static ObjectDrift object(String name, Verdict verdict) {
        return new ObjectDrift(
                "apps", "Deployment", "shop", name, verdict, "", "", ObjectDrift.Ownership.owned, null, "", List.of());
    }

    private static ObjectDrift drifted(String name, String... paths) {
        List<FieldDrift> fields = Stream.of(paths)
                .map(path -> new FieldDrift(
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
                        null))
                .toList();
        return new ObjectDrift(
                "apps",
                "Deployment",
                "shop",
                name,
                Verdict.Drifted,
                "",
                "web.yaml:1",
                ObjectDrift.Ownership.owned,
                null,
                "",
                fields);
    }
}

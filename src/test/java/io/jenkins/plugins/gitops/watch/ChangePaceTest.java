package io.jenkins.plugins.gitops.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangePaceTest {
    private final ChangePace pace = new ChangePace();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    private boolean isDueAfter(long millis) {
        now = now.plusMillis(millis);
        return pace.isDue(now);
    }

    @Test
    void oneCheckSeesABurstAndComesWhenItIsOver() {
        pace.changed(now);
        assertThat(isDueAfter(400)).isFalse();
        pace.changed(now);
        assertThat(isDueAfter(400)).isFalse();
        assertThat(isDueAfter(200)).isTrue();
        assertThat(isDueAfter(60_000)).as("nothing changed since").isFalse();
        assertThat(pace.isIdle(now)).isTrue();
    }

    @Test
    void aBurstThatDoesNotEndIsNotWaitedFor() {
        pace.changed(now);
        for (int i = 0; i < 19; i++) {
            assertThat(isDueAfter(100)).isFalse();
            pace.changed(now);
        }
        assertThat(isDueAfter(100)).isTrue();
    }

    @Test
    void whoeverKeepsChangingItIsFollowedLessAndLessOftenButNeverLost() {
        int checks = 0;
        for (Duration passed = Duration.ZERO; passed.toHours() < 1; passed = passed.plusMillis(200)) {
            pace.changed(now);
            checks += isDueAfter(200) ? 1 : 0;
        }
        assertThat(checks).isBetween(10, 20);

        assertThat(isDueAfter(ChangePace.LONGEST_GAP.toMillis())).isTrue();
        now = now.plus(ChangePace.LONGEST_GAP.multipliedBy(3));
        pace.changed(now);
        assertThat(isDueAfter(600)).as("after a rest it is at once again").isTrue();
        pace.changed(now);
        assertThat(isDueAfter(600)).isFalse();
        assertThat(isDueAfter(ChangePace.FIRST_GAP.toMillis())).isTrue();
    }
}

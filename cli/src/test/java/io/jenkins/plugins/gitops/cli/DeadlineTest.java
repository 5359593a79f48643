package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest(name = "set for 30 s, then the clock is {0} s later: {1} s left")
    @CsvSource({"0, 30", "29, 1", "30, 0", "31, 0", "31536000, 0", "-1, 0", "-3600, 0", "-31536000, 0"})
    void aClockThatJumpsEndsTheWaitAndNeverLengthensIt(long seconds, long left) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), TIME);
        Instant now = TIME.plusSeconds(seconds);

        assertThat(deadline.left(now)).isEqualTo(Duration.ofSeconds(left));
        assertThat(deadline.isReached(now)).isEqualTo(left == 0);
    }
}

package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "10m, PT10M", "1h30m, PT1H30M", "2h, PT2H", "0s, PT0S"})
    void isReadAsPeopleWriteIt(String text, Duration duration) {
        assertThat(new Durations().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "soon", "-1s", "1d", "s", "1.5h", "10 m", "9999999999s"})
    void everythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write for example 30s");
    }

    @ParameterizedTest
    @CsvSource({"PT0.42S, 0.4 s", "PT12.4S, 12 s", "PT3M5S, 3 min 5 s", "PT2M, 2 min", "PT5H, 5 h", "PT72H, 3 days"})
    void isSpokenAsPreciselyAsAPersonWants(Duration duration, String spoken) {
        assertThat(Durations.spoken(duration)).isEqualTo(spoken);
    }
}

package io.jenkins.plugins.gitops.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortRevisionTest {
    private static final String COMMIT = "4f2c9a7be0d1c3a5f7e9b2d4c6a8e0f1a3b5c7d9";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                COMMIT + "|4f2c9a7b",
                COMMIT + "-dirty|4f2c9a7b-dirty",
                "2024.10.11|2024.10.11",
                "1.10.0-rc.1|1.10.0-rc.1",
                "19.5.2," + COMMIT + "|19.5.2, 4f2c9a7b",
                "r4711|r4711",
                "''|''"
            })
    void aCommitIsShortAndAVersionWhole(String revision, String shortened) {
        assertThat(ShortRevision.of(revision)).isEqualTo(shortened);
    }
}

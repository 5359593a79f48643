package io.jenkins.plugins.gitops.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleTableTest {
    private static final String BEGIN = "<!-- rules: written by make health-table -->\n";
    private static final String END = "<!-- end of rules -->\n";

    @Test
    void thePageHoldsTheRulesAsTheyAre() throws IOException {
        String page = Files.readString(page());
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        assertThat(begin).isPositive();
        assertThat(page.substring(begin + BEGIN.length(), end))
                .as("docs/health.md is stale: run make health-table")
                .isEqualTo(RuleTable.markdown());
    }

    /** The command line's build runs in its own folder, the plugin's in the root. */
    private static Path page() {
        Path here = Path.of("docs/health.md");
        return Files.exists(here) ? here : Path.of("../docs/health.md");
    }
}

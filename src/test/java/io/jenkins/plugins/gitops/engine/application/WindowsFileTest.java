package io.jenkins.plugins.gitops.engine.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsFileTest {
    private static final String FILE = """
            apiVersion: gitops.jenkins.io/v1
            kind: SyncWindows
            windows:
            - {kind: deny, schedule: 0 8 * * 1-5, duration: 9h, timeZone: Europe/Berlin, manualSync: true, applications: [shop-*]}
            - {kind: allow, schedule: '@daily', duration: 24h, namespaces: [web], clusters: [east]}
            """;
    private static final PublishedSchema SCHEMA = PublishedSchema.read("sync-windows.schema.json");

    @Test
    void itsWindowsAreReadInTheirOrderAndItFollowsItsSchema() {
        List<SyncWindow> windows = read(FILE);

        assertThat(windows).extracting(SyncWindow::kind).containsExactly(SyncWindow.Kind.deny, SyncWindow.Kind.allow);
        assertThat(windows.getFirst().applications()).containsExactly("shop-*");
        assertThat(SCHEMA.problemsOfItself()).isEmpty();
        assertThat(SCHEMA.problems(tree(FILE))).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            kind: SyncWindows  | kind: Windows          | kind must be "SyncWindows"
            gitops.jenkins.io/v1 | v1                   | apiVersion must be "gitops.jenkins.io/v1"
            windows:           | window:                | window
            0 8 * * 1-5        | 0 25 * * *             | the hour "25" is wrong
            kind: deny         | kind: forbid           | must be allow or deny
            applications:      | apps:                  | apps
            """)
    void aMistakeIsAProblemWithItsLineAndNeverNoWindow(String good, String bad, String problem) {
        String text = FILE.replace(good, bad);

        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.problems()).extracting(Problem::what).anyMatch(what -> what.contains(problem));
            assertThat(e.problems()).allMatch(found -> found.where().startsWith("windows.yaml:"));
        });
        assertThat(SCHEMA.problems(tree(text)).isEmpty())
                .as("the schema refuses it too, but for what only the reader knows")
                .isEqualTo(bad.startsWith("0 25"));
    }

    @Test
    void aFileWithoutAWindowIsAMistake() {
        assertThatThrownBy(() -> read("apiVersion: gitops.jenkins.io/v1\nkind: SyncWindows\nwindows: []\n"))
                .hasMessageContaining("holds no sync window");
    }

    private static List<SyncWindow> read(String text) {
        return WindowsFile.read("windows.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode tree(String text) {
        return new YamlReader()
                .read("windows.yaml", text.getBytes(StandardCharsets.UTF_8))
                .getFirst()
                .content();
    }
}

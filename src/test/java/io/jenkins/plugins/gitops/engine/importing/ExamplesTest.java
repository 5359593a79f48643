package io.jenkins.plugins.gitops.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Realistic inputs under {@code examples/}, each with the files that are to come of it ({@code expected.yaml}) and what is to be
 * told ({@code expected.txt}: level, object, path, line).
 */
class ExamplesTest {
    static Stream<String> examples() throws IOException, URISyntaxException {
        try (Stream<Path> folders = Files.list(folder(""))) {
            return folders.map(folder -> Objects.toString(folder.getFileName())).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void becomesTheExpectedFilesAndFindings(String example) throws IOException, URISyntaxException {
        Path folder = folder(example);
        Imported imported = new Importer(ImportOptions.DEFAULT)
                .read(List.of(new ImportText("input.yaml", Files.readAllBytes(folder.resolve("input.yaml")))));

        StringBuilder files = new StringBuilder();
        imported.applications().forEach(application -> files.append("---\n").append(application.yaml()));
        StringBuilder told = new StringBuilder();
        imported.findings().forEach(finding -> told.append(line(finding)));
        if (Boolean.getBoolean("gitops.examples.write")) {
            Path source = Path.of("../src/test/resources/io/jenkins/plugins/gitops/engine/importing/examples", example);
            Files.writeString(source.resolve("expected.yaml"), files);
            Files.writeString(source.resolve("expected.txt"), told);
            return;
        }

        assertThat(files).hasToString(Files.readString(folder.resolve("expected.yaml")));
        assertThat(told).hasToString(Files.readString(folder.resolve("expected.txt")));
        PublishedSchema schema = PublishedSchema.read("application.schema.json");
        for (ImportedApplication application : imported.applications()) {
            assertThat(schema.problems(application.document())).isEmpty();
            byte[] text = application.yaml().getBytes(StandardCharsets.UTF_8);
            assertThat(new ApplicationFile()
                            .read("gitops.yaml", text, Path.of("").toAbsolutePath()))
                    .isEqualTo(application.application());
        }
        assertThat(imported.findings()).allSatisfy(finding -> {
            assertThat(finding.why()).isNotBlank();
            assertThat(finding.where()).matches("input.yaml:[1-9]\\d*");
        });
    }

    private static String line(Finding finding) {
        String line = finding.where().substring(finding.where().lastIndexOf(':') + 1);
        return String.join(
                        " | ",
                        finding.level().name(),
                        finding.object(),
                        finding.path(),
                        line,
                        finding.why(),
                        finding.toDo())
                + "\n";
    }

    private static Path folder(String example) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ExamplesTest.class.getResource("examples"))
                        .toURI())
                .resolve(example);
    }
}

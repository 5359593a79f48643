package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String GUESTBOOK = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: guestbook, namespace: argocd}
            spec:
              project: default
              source: {repoURL: https://git.example.com/examples.git, path: guestbook}
              destination: {server: https://kubernetes.default.svc, namespace: guestbook}
            """;
    private static final String PLUGIN = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: legacy, namespace: argocd}
            spec:
              source:
                repoURL: https://git.example.com/legacy.git
                path: .
                plugin: {name: vault}
              destination: {server: "https://10.0.0.1", namespace: legacy}
            """;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void write() throws IOException {
        cli = new Cli(folder);
        Files.writeString(folder.resolve("guestbook.yaml"), GUESTBOOK);
        Files.writeString(folder.resolve("legacy.yaml"), PLUGIN);
    }

    @Test
    void printsTheFileOnStdoutAndWhatIsToBeKnownOnStderr() {
        Cli.Result result = cli.run("import", "guestbook.yaml");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith(
                        "# From Application argocd/guestbook, guestbook.yaml:1\napiVersion: gitops.jenkins.io/v1\n");
        assertThat(result.err())
                .contains("Application argocd/guestbook  is now guestbook\n")
                .contains("note        spec.project  guestbook.yaml:5\n")
                .endsWith("1 application, all mapped, 3 notes\n");
    }

    @Test
    void endsWithOneWhenSomethingIsNotMappedAndSaysWhereAndWhatToDo() {
        Cli.Result result = cli.run("import", "guestbook.yaml", "legacy.yaml", "--cluster", "https://10.0.0.1=old");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("# Not mapped: spec.source.plugin: ", "cluster: old\n");
        assertThat(result.out().split("(?m)^---$")).hasSize(3);
        assertThat(result.err())
                .contains("not mapped  spec.source.plugin  legacy.yaml:8\n")
                .contains("to do: commit what the plugin makes")
                .contains("2 applications, 1 not mapped, ");
    }

    @Test
    void writesAllFilesOrNoneAndReplacesNoneUnasked() throws IOException {
        assertThat(cli.run("import", "guestbook.yaml", "--into", "apps").out())
                .isEqualTo(folder.resolve("apps/guestbook.yaml") + "\n");
        Files.writeString(folder.resolve("apps/guestbook.yaml"), "mine\n");

        Cli.Result refused = cli.run("import", "legacy.yaml", "guestbook.yaml", "--into", "apps");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err())
                .contains("Nothing was written", "apps/guestbook.yaml is there already", "--overwrite");
        assertThat(names("apps")).containsExactly("guestbook.yaml");
        assertThat(folder.resolve("apps/guestbook.yaml")).hasContent("mine");

        Cli.Result replaced = cli.run("import", "legacy.yaml", "guestbook.yaml", "--into", "apps", "--overwrite");
        assertThat(replaced.exitCode()).isEqualTo(1);
        assertThat(names("apps")).containsExactly("guestbook.yaml", "legacy.yaml");
        assertThat(Files.readString(folder.resolve("apps/guestbook.yaml"))).contains("kind: Application");
        assertThat(cli.run("render", "--app", "apps/guestbook.yaml").err()).contains("git.example.com");
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesNothing() throws IOException {
        Files.writeString(folder.resolve("apps"), "a file\n");

        Cli.Result result = cli.run("import", "guestbook.yaml", "--into", "apps");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--into: cannot write to ");
    }

    @Test
    void asJsonItIsOneDocumentByItsSchema() {
        JsonNode report = cli.input(PLUGIN).run("import", "-", "-o", "json").json();

        assertThat(PublishedSchema.read("import-report.schema.json").problems(report))
                .isEmpty();
        assertThat(report.at("/applications/0/document/spec/source/repository").asText())
                .isEqualTo("https://git.example.com/legacy.git");
        assertThat(report.at("/applications/0/host/automatic").asBoolean()).isFalse();
        assertThat(report.at("/findings").findValuesAsText("where")).contains("stdin:8");
    }

    @Test
    void anInputWithoutApplicationsIsAnError() throws IOException {
        Files.writeString(folder.resolve("map.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n");

        Cli.Result none = cli.run("import", "map.yaml");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("map.yaml: holds no application: ");
        assertThat(cli.input("a: b: c\n").run("import", "-").err()).contains("stdin:1");
        assertThat(cli.run("import", "absent.yaml").err()).contains("there is no file absent.yaml");
    }

    private Stream<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList().stream();
        }
    }
}

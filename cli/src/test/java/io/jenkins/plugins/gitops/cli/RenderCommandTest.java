package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderCommandTest {
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: database}
            data: {password: czNjcmV0}
            """;
    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {answer: "42", "yes": "yes"}
            """;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void manifests() throws IOException {
        Files.createDirectory(folder.resolve("deploy"));
        Files.writeString(folder.resolve("deploy/secret.yaml"), SECRET);
        Files.writeString(folder.resolve("deploy/settings.yaml"), CONFIG_MAP);
        cli = new Cli(folder);
    }

    @Test
    void printsAYamlStreamThatReadsAsTheSameManifests() {
        Cli.Result result = cli.run(Cli.application("render", null, "deploy"));

        assertThat(result.exitCode()).isZero();
        var documents = new YamlReader().read("out", result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(documents).hasSize(2);
        assertThat(documents.get(1).content().at("/data/answer").textValue()).isEqualTo("42");
        assertThat(documents.get(1).content().at("/data/yes").textValue()).isEqualTo("yes");
        assertThat(documents.get(1).content().at("/metadata/namespace").textValue())
                .isEqualTo("shop");
    }

    @Test
    void aVariableOfTheCommandLineWinsAndTurnsSubstitutionOn() throws IOException {
        Files.writeString(folder.resolve("deploy/settings.yaml"), CONFIG_MAP.replace("42", "${a:=b} ${c}"));
        Files.writeString(folder.resolve("gitops.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: shop}
                spec:
                  source: {repository: ./deploy}
                  destination: {namespace: shop}
                  substitute: {values: {a: file, c: file}}
                """);

        assertThat(cli.run("render", "--app", "gitops.yaml", "--set-var", "c=x=y")
                        .out())
                .contains("answer: \"file x=y\"");
        assertThat(cli.run(Cli.application("render", null, "deploy", "--set-var", "c=d"))
                        .out())
                .contains("answer: \"b d\"");
        assertThat(cli.run(Cli.application("render", null, "deploy")).out()).contains("${a:=b} ${c}");
        Cli.Result undefined = cli.run(Cli.application("render", null, "deploy", "--set-var", "cc=d"));
        assertThat(undefined.exitCode()).isEqualTo(2);
        assertThat(undefined.err())
                .contains("settings.yaml:4:8", "ConfigMap settings", "\"c\"", "did you mean \"cc\"?");
        assertThat(cli.run("render", "--help").out()).contains("Replaces ${NAME} in the manifests");
        assertThat(cli.run(Cli.application("render", null, "deploy", "--set-var", "1c"))
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void printsAJsonList() {
        Cli.Result result = cli.run(Cli.application("render", null, "deploy", "-o", "json"));

        assertThat(result.json()).hasSize(2);
        assertThat(result.json().findValuesAsText("kind")).containsExactly("Secret", "ConfigMap");
    }

    @ParameterizedTest
    @CsvSource({"text, false", "json, false", "text, true", "json, true"})
    void secretsAreOnlyPrintedWhenAskedFor(String format, boolean asked) {
        Cli.Result result = cli.run(
                asked
                        ? Cli.application("render", null, "deploy", "-o", format, "--show-secrets")
                        : Cli.application("render", null, "deploy", "-o", format));

        if (asked) {
            assertThat(result.out()).contains("czNjcmV0").doesNotContain("(masked)");
        } else {
            assertThat(result.out()).contains("(masked)").doesNotContain("czNjcmV0");
        }
    }

    @Test
    void aGitRevisionIsRenderedAsItWasCommitted() throws IOException {
        try (TestRepository repository = new TestRepository(Files.createDirectory(folder.resolve("repository")))) {
            repository.write("deploy/settings.yaml", CONFIG_MAP).commit("one");
            repository
                    .write("deploy/settings.yaml", CONFIG_MAP.replace("42", "43"))
                    .commit("two");
            repository.write("deploy/settings.yaml", "not: committed");

            Cli.Result result = cli.run(
                    Cli.application("render", null, repository.url(), "--revision", "main", "--path", "deploy"));

            assertThat(result.out()).contains("answer: \"43\"");
        }
    }

    /** SEMANTICS 2; issue 3 section 6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1'                                                        | bad.yaml:",
                "'a: 1\na: 2'                                                   | bad.yaml:2",
                "'apiVersion: v1\nkind: ConfigMap\nmetadata: {}'                | bad.yaml:",
                "'apiVersion: v1\nmetadata: {name: a}'                          | bad.yaml:1",
                "'apiVersion: v1\nkind: Secret\nmetadata: {name: database}'     | secret.yaml:1",
                "'- a list'                                                     | bad.yaml:1"
            })
    void aBrokenManifestIsToldWithFileAndLine(String text, String where) throws IOException {
        Files.writeString(folder.resolve("deploy/bad.yaml"), text);

        Cli.Result result = cli.run(Cli.application("render", null, "deploy"));
        Cli.Result json = cli.run(Cli.application("render", null, "deploy", "-o", "json"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(where);
        assertThat(json.json().at("/error/problems/0/where").textValue()).contains(where);
    }

    @ParameterizedTest
    @CsvSource({"../elsewhere", "deploy/../../elsewhere", "nowhere"})
    void aPathThatIsNotInTheSourceIsAnError(String path) throws IOException {
        Files.createDirectories(folder.resolve("elsewhere"));
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createDirectory(inner.resolve("deploy"));

        Cli.Result result = cli.run(Cli.application("render", null, "inner", "--path", path));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(path);
    }

    @Test
    void aSymbolicLinkOutOfTheSourceIsAnError() throws IOException {
        Files.writeString(folder.resolve("outside.yaml"), CONFIG_MAP);
        Files.createSymbolicLink(folder.resolve("deploy/link.yaml"), folder.resolve("outside.yaml"));

        Cli.Result result = cli.run(Cli.application("render", null, "deploy"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("link.yaml");
    }

    @Test
    void anUnreachableRepositoryEndsWith3() {
        Cli.Result result = cli.run(Cli.application("render", null, "https://127.0.0.1:9/shop.git"));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("Cannot reach the Git repository https://127.0.0.1:9/shop.git");
    }
}

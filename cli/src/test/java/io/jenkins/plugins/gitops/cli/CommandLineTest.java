package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: help, errors, exit codes, and what goes to which stream. */
class CommandLineTest {
    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void cli() {
        cli = new Cli(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "plan", "diff", "sync", "health", "tree", "watch", "completion"})
    void everyCommandExplainsItselfWithAnExample(String command) {
        Cli.Result help = cli.run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("Usage: gitops " + command)
                .contains("Examples:")
                .contains("gitops " + command);
        assertThat(cli.run("--help").out()).contains("  " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "plan", "diff", "sync", "health", "tree", "watch"})
    void everyCommandTellsItsExitCodes(String command) {
        assertThat(cli.run(command, "--help").out()).contains("Exit codes:").containsPattern("  2 +wrong input");
    }

    @Test
    void theVersionIsTold() {
        assertThat(cli.run("--version").out()).startsWith("gitops ").contains("Java ");
    }

    @ParameterizedTest
    @CsvSource({
        "dif, Did you mean: gitops diff",
        "diff --sorce x, --sorce",
        "sync --timeout soon, is not a duration",
        "health, Missing required option",
        "diff -o yaml, text",
        "'', a command is missing"
    })
    void aWrongOptionIsExplainedAndEndsWith2(String line, String explanation) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        Cli.Result result = cli.run(arguments);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("Error: ").contains(explanation).contains("--help");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void withJsonAWrongOptionIsADocumentToo() {
        Cli.Result result = cli.run("diff", "-o", "json", "--sorce", "x");

        assertThat(result.json().at("/error/exitCode").intValue()).isEqualTo(2);
        assertThat(result.json().at("/error/message").textValue()).contains("--sorce");
        assertThat(PublishedSchema.read("error.schema.json").problems(result.json()))
                .isEmpty();
        assertThat(result.json().at("/error/problems/0/where").textValue()).isEqualTo("command line");
    }

    @ParameterizedTest
    @CsvSource({
        "diff, --app: say which application",
        "diff --source ., --name: is needed with --source",
        "diff --source . --name Shop --namespace shop, --name: 'Shop' is not a name",
        "diff --source . --name shop, --namespace: is needed",
        "diff --app nowhere.yaml, there is no file",
        "diff --app a.yaml --source ., --source: does not go together with --app",
        "render --source nowhere --name shop --namespace shop, does not exist"
    })
    void anApplicationThatIsNotSaidCompletelyIsExplained(String line, String explanation) {
        Cli.Result result = cli.run(line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(explanation);
    }

    @Test
    void everyProblemIsInTheJsonDocument() {
        Cli.Result result = cli.run("diff", "--source", ".", "-o", "json");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.json().at("/error/problems").findValuesAsText("where"))
                .containsExactly("--name", "--namespace");
    }

    @Test
    void aMistakeInTheApplicationFileIsToldWithItsLineAndTheNearestName() throws Exception {
        Files.writeString(folder.resolve("gitops.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata:
                  name: shop
                spec:
                  source:
                    repositry: .
                  destination:
                    namespace: shop
                """);
        Cli.Result result = cli.run("render", "--app", "gitops.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("gitops.yaml:7")
                .contains("repository")
                .doesNotContain("\tat ");
    }

    @Test
    void aStackTraceIsOnlyPrintedWithDebug() {
        assertThat(cli.run("render", "--source", "nowhere", "--name", "a", "--namespace", "b")
                        .err())
                .doesNotContain("\tat ");
        assertThat(cli.run("render", "--source", "nowhere", "--name", "a", "--namespace", "b", "--debug")
                        .err())
                .contains("\tat ");
    }

    @Test
    void onlyATerminalGetsColoursAndNotWithNoColor() {
        assertThat(cli.run("render").err()).doesNotContain("\u001b[");
        assertThat(new Cli(folder).onTerminal().run("render").err()).contains("\u001b[");
        assertThat(new Cli(folder)
                        .onTerminal()
                        .environment("NO_COLOR", "1")
                        .run("render")
                        .err())
                .doesNotContain("\u001b[");
        assertThat(new Cli(folder)
                        .onTerminal()
                        .environment("NO_COLOR", "1")
                        .run("--help")
                        .out())
                .doesNotContain("\u001b[");
    }

    @Test
    void aWatchThatWouldAskGitWithoutAPauseIsRefused() {
        Cli.Result result = cli.run("watch", "--source", ".", "--name", "a", "--namespace", "b", "--interval", "0s");
        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(result.err()).contains("--interval").contains("100ms");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(cli.run("completion").out())
                .contains("complete -F")
                .contains("gitops")
                .contains("--kubeconfig");
    }
}

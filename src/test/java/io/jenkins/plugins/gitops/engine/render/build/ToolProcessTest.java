package io.jenkins.plugins.gitops.engine.render.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ToolProcessTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path folder;

    @Test
    void outputErrorsAndExitCodeAreKept() {
        ToolOutput output = run(ToolLimits.DEFAULT, "echo out; echo err >&2; exit 3");

        assertThat(output.exitCode()).isEqualTo(3);
        assertThat(new String(output.output(), StandardCharsets.UTF_8)).isEqualTo("out\n");
        assertThat(output.errors()).isEqualTo("err");
    }

    @Test
    void itSeesNoVariableAndNoInputOfTheHost() {
        ToolOutput output = run(ToolLimits.DEFAULT, "env | grep -v -E '^(PATH|PWD|SHLVL|_|GOGC|GOMEMLIMIT)='; cat");

        assertThat(output.output()).isEmpty();
    }

    @Test
    void whatTakesTooLongIsStoppedWithAllThatItStarted() throws Exception {
        Path pids = folder.resolve("pids");
        String script = "sleep 60 & echo $! > pids; sh -c 'echo $$ >> pids; sleep 60; :' ; sleep 60";
        Instant start = Instant.now();

        assertThatThrownBy(() -> run(ToolLimits.DEFAULT.withTimeout(Duration.ofMillis(500)), script))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("sh: did not end within 500 ms and was stopped");

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(2);
        for (String pid : started) {
            assertThat(goneSoon(Long.parseLong(pid))).as("process " + pid).isTrue();
        }
    }

    @Test
    void whatPrintsTooMuchIsStopped() {
        ToolLimits limits = new ToolLimits(Duration.ofSeconds(60), 1000, ToolLimits.DEFAULT.memoryBytes());

        assertThatThrownBy(() -> run(limits, "while :; do echo 0123456789; done"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("sh: prints more than the limit of 1000 bytes; it was stopped");
    }

    @Test
    void aLongComplaintIsCutAtItsBeginning() {
        ToolOutput output = run(
                ToolLimits.DEFAULT,
                "i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo last >&2");

        assertThat(output.errors()).hasSizeLessThan(40_000).startsWith("…").endsWith("last");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatNeedsTooMuchMemoryIsAnErrorThatSaysSo() throws IOException {
        ToolLimits limits = new ToolLimits(Duration.ofSeconds(60), 64 << 20, 48 << 20);
        Path chart = Files.createDirectories(folder.resolve("chart/templates"));
        Files.writeString(folder.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: a\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("a.yaml"), "a: {{ repeat 400000000 \"x\" }}\n");

        assertThatThrownBy(() -> new ToolProcess(limits)
                        .run(
                                "helm template",
                                List.of(TestTools.binary("helm").toString(), "template", "a", "chart"),
                                folder,
                                Map.of("HOME", folder.toString())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("helm template: needs more than the limit of 48 MiB of memory");
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(ToolLimits.DEFAULT, "sleep 60")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        ToolProcess process = new ToolProcess(ToolLimits.DEFAULT);
        ToolOutput output = process.run("none", List.of("/nowhere/none"), folder, PATH);

        assertThat(output.succeeded()).isFalse();
        assertThat(output.errors()).contains("/nowhere/none");
    }

    private ToolOutput run(ToolLimits limits, String script) {
        return new ToolProcess(limits).run("sh", List.of("/bin/sh", "-c", script), folder, PATH);
    }

    private static boolean goneSoon(long pid) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }
}

package io.jenkins.plugins.gitops.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process that dies while it writes: what it said was recorded is there, whole, and the next writer goes on. */
class HistoryDeathTest {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void folders() {
        folder = temporary.resolve("history");
    }

    @Test
    void whatWasRecordedBeforeAKillIsThereAndTheNextGoesOn() throws Exception {
        Random random = new Random(20261124);
        int last = 0;
        for (int kill = 0; kill < 8; kill++) {
            Process writer = start("", 100_000);
            for (int i = 0; i < 600 && said().isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(150));
            writer.destroyForcibly().waitFor();
            List<String> said = said();
            assertThat(said).as("recorded before kill " + kill).isNotEmpty().allMatch(line -> line.matches("[0-9]+"));
            assertThat(Integer.parseInt(said.getFirst())).isGreaterThan(last);
            last = Integer.parseInt(said.getLast());
            assertWhole(last);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatTakesNoMoreIsAnErrorAndLeavesAllAsItWas() throws Exception {
        Process writer = start("ulimit -f 40; ", 3);
        writer.waitFor();
        List<String> said = said();

        // The first set has everything and is larger than 40 blocks of 1024 bytes.
        assertThat(said).singleElement().asString().startsWith("refused: ").containsIgnoringCase("too large");
        History history = HistoryWriter.open(folder);
        assertThat(history.attempts()).isEmpty();
        assertThat(SafeFiles.list(folder.resolve("sets"))).isEmpty();

        assertThat(start("", 1).waitFor()).isZero();
        assertThat(history.attempts().map(Attempt::id)).containsExactly(1);
    }

    private void assertWhole(int last) throws IOException {
        History history = HistoryWriter.open(folder);
        List<Attempt> attempts = history.attempts().toList();
        assertThat(attempts.getFirst().id()).as("the newest").isGreaterThanOrEqualTo(last);
        for (Attempt attempt : attempts) {
            assertThat(history.reports(attempt)).isEqualTo(Reports.of(null));
            assertThat(history.wanted(attempt)).hasSize(HistoryWriter.OBJECTS);
        }
    }

    /** The whole lines of the last process. */
    private List<String> said() throws IOException {
        String text = Files.readString(out());
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private Process start(String limit, int attempts) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        String command = limit + "exec \"$0\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -cp \"$1\" "
                + HistoryWriter.class.getName() + " \"$2\" " + attempts;
        return new ProcessBuilder("sh", "-c", command, java, System.getProperty("java.class.path"), folder.toString())
                .redirectOutput(out().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

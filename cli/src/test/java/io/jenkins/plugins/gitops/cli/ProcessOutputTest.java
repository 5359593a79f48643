package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A result that could not be written is not reported as one. */
class ProcessOutputTest {
    @TempDir
    private Path folder;

    @Test
    @EnabledIf("thereIsAFullDevice")
    void aFullDiskEndsWithItsOwnCodeAndAMessage() throws Exception {
        Files.createDirectory(folder.resolve("deploy"));
        Files.writeString(folder.resolve("deploy/settings.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                """);
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/dev/full"));

        Process render = new Cli(folder).start("render", "--source", "deploy", "--name", "shop", "--namespace", "shop");

        assertThat(render.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("err"))).contains("the output could not be written: No space left");
        assertThat(render.exitValue()).isEqualTo(ExitCode.OUTPUT);
    }

    @ParameterizedTest
    @CsvSource({"No space left on device, true", "Broken pipe, false"})
    void aReaderThatWentAwayIsNoFailure(String error, boolean failure) {
        ProcessOutput output = new ProcessOutput(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(error);
            }
        });

        output.stream().println("a result");

        assertThat(output.failure().isPresent()).isEqualTo(failure);
    }

    static boolean thereIsAFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }
}

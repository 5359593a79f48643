package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the real command line for tests, with a home folder of its own: in this process, or as one that gets signals. */
final class Cli {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private boolean terminal;

    /** @param folder the working folder; home, state and cache are below it */
    Cli(Path folder) {
        this.folder = folder;
        environment.put("HOME", folder.resolve("home").toString());
    }

    /** Takes the cluster of the test. */
    Cli(Path folder, TestNamespace namespace) {
        this(folder);
        kubeconfig(namespace.kubeconfig());
    }

    /** What a finished command left. */
    record Result(int exitCode, String out, String err) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new AssertionError("stdout is not one JSON document:\n" + out + "\nstderr:\n" + err, e);
            }
        }
    }

    Cli kubeconfig(Path file) {
        kubeconfig = file;
        return this;
    }

    private Path kubeconfig;
    private Path archive;

    /** Where a process that ends by itself leaves its loaded classes, for others to start sooner. */
    Cli archive(Path file) {
        archive = file;
        return this;
    }

    Cli environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Cli input(String text) {
        input = text;
        return this;
    }

    Cli onTerminal() {
        terminal = true;
        return this;
    }

    Path folder() {
        return folder;
    }

    /** The usual options for a folder of manifests, after a command's name. */
    static String[] application(String command, TestNamespace namespace, String source, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--source", source, "--name", "shop"));
        arguments.addAll(List.of("--namespace", namespace == null ? "shop" : namespace.name()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(console, new Stop(Thread.currentThread()), withKubeconfig(arguments));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Console console(PrintStream out, PrintStream err) {
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return new Console(out, err, in, environment, folder, terminal, terminal);
    }

    /** The command as a process of its own. Its output goes to the files {@code out} and {@code err} of the folder. */
    Process start(String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // What a shell runs in the background without job control ignores SIGINT, and so do all its descendants.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(ProcessHandle.current().info().command().orElse("java"));
        if (archive != null) {
            command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
        }
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(withKubeconfig(arguments)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String[] withKubeconfig(String... arguments) {
        if (kubeconfig == null
                || List.of("health", "completion", "history", "audit", "pin", "unpin", "windows", "import")
                        .contains(arguments[0])) {
            return arguments;
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return all.toArray(String[]::new);
    }
}

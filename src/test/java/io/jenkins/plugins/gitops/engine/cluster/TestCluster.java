package io.jenkins.plugins.gitops.engine.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The cluster that a test run uses: one that it started, or one that the environment names. */
final class TestCluster implements AutoCloseable {
    private final Path kubeconfig;
    private final Path kubectl;
    private final Process process;

    private TestCluster(Path kubeconfig, Path kubectl, Process process) {
        this.kubeconfig = kubeconfig;
        this.kubectl = kubectl;
        this.process = process;
    }

    static TestCluster start() {
        Path binary = Path.of(System.getProperty("testcluster.binary", "testcluster/bin/testcluster"));
        Path beside = binary.resolveSibling("kubectl");
        Path kubectl = Files.isExecutable(beside) ? beside : Path.of("kubectl");
        String given = System.getenv("GITOPS_TEST_KUBECONFIG");
        if (given != null && !given.isBlank()) {
            return new TestCluster(Path.of(given), kubectl, null);
        }
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException(
                    "There is no test cluster at " + binary.toAbsolutePath().normalize()
                            + ": build it with `make testcluster`, or name another one's kubeconfig in GITOPS_TEST_KUBECONFIG.");
        }
        try {
            return started(binary, kubectl);
        } catch (IOException e) {
            throw new UncheckedIOException("the test cluster did not start", e);
        }
    }

    private static TestCluster started(Path binary, Path kubectl) throws IOException {
        Path folder = Files.createTempDirectory("gitops-test-cluster-");
        Path kubeconfig = folder.resolve("kubeconfig");
        Path log = folder.resolve("log");
        // It stops by itself when this JVM ends in any way, even by SIGKILL.
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--exit-with-parent",
                        "--data=" + folder.resolve("data"),
                        "--kubeconfig=" + kubeconfig,
                        "--log=" + log)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("READY")) {
                return new TestCluster(kubeconfig, kubectl, process);
            }
        }
        String tail = Files.exists(log) ? String.join("\n", lastLines(log)) : "";
        throw new IOException(binary + " ended before it said READY; the end of its log:\n" + tail);
    }

    private static List<String> lastLines(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - 30), lines.size());
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    Path kubectl() {
        return kubectl;
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
        try (var files = Files.walk(kubeconfig.getParent())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}

package io.jenkins.plugins.gitops.engine.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A namespace that one test has for itself. It is deleted after the test, without waiting for the deletion to end.
 *
 * @param name of the namespace
 * @param kubeconfig of the cluster's administrator
 * @param binary the kubectl that {@link #kubectl} runs
 */
public record TestNamespace(String name, Path kubeconfig, Path binary) implements AutoCloseable {
    static TestNamespace create(TestCluster cluster, String name) {
        TestNamespace namespace = new TestNamespace(name, cluster.kubeconfig(), cluster.kubectl());
        namespace.kubectl("create", "namespace", name);
        return namespace;
    }

    /** What a finished kubectl left. */
    public record Output(int exitCode, String stdout, String stderr) {}

    /** Runs kubectl in this namespace as the administrator and returns its output without the last line break. */
    public String kubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    /** As {@link #kubectl}, with the text on its standard input: {@code kubectlWithInput(yaml, "apply", "-f", "-")}. */
    public String kubectlWithInput(String input, String... arguments) {
        Output output = tryKubectl(input, arguments);
        if (output.exitCode() != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + " ended with " + output.exitCode()
                    + ":\n" + output.stderr());
        }
        return output.stdout().stripTrailing();
    }

    /** As {@link #kubectl}, but a failure is a result like any other. */
    public Output tryKubectl(String input, String... arguments) {
        return tryKubectl(input, Map.of(), arguments);
    }

    /** @param environment variables beside those of this process */
    public Output tryKubectl(String input, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(binary.toString(), "--kubeconfig=" + kubeconfig, "--namespace=" + name));
        command.addAll(List.of(arguments));
        try {
            Path stderr = Files.createTempFile("kubectl-", ".stderr");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(stderr.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Output(process.waitFor(), stdout, Files.readString(stderr));
            } finally {
                Files.deleteIfExists(stderr);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while kubectl ran", e);
        }
    }

    /** The value of a JSONPath such as {@code {.spec.replicas}} in a live object; empty when the path has none. */
    public String read(String object, String jsonPath) {
        return kubectl("get", object, "-o", "jsonpath=" + jsonPath);
    }

    /** Whether an object such as {@code deployment/web} is in this namespace, or in the cluster. */
    public boolean exists(String object) {
        return !kubectl("get", object, "--ignore-not-found", "-o", "name").isEmpty();
    }

    /** Asks again and again until the answer is true. The name is for the message of the failure. */
    public void await(String what, Duration atMost, Callable<Boolean> condition) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + atMost.toSeconds() + " s: " + what);
                }
                Thread.sleep(100);
            }
        } catch (AssertionError e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("failed while waiting: " + what, e);
        }
    }

    /**
     * A kubeconfig of somebody else: the same server, a bearer token. A wrong token is answered with 401; the token of a
     * ServiceAccount ({@code kubectl create token}) may do what its roles say, and nothing without a role.
     */
    public Path kubeconfigWithToken(Path file, String token) {
        String server = kubectl("config", "view", "--raw", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}");
        String authority = kubectl(
                "config",
                "view",
                "--raw",
                "--minify",
                "-o",
                "jsonpath={.clusters[0].cluster.certificate-authority-data}");
        String text = """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters:
                - name: test
                  cluster: {server: "%s", certificate-authority-data: "%s"}
                users:
                - name: test
                  user: {token: "%s"}
                contexts:
                - name: test
                  context: {cluster: test, user: test}
                """.formatted(server, authority, token);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kubectl("delete", "namespace", name, "--wait=false", "--ignore-not-found");
    }
}

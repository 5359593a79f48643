package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a kubeconfig into fabric8's configuration.
 *
 * <p>fabric8 runs a kubeconfig's {@code exec} command while it parses; therefore the text is looked at first, and refused
 * when it holds one that is not allowed.
 */
public final class Kubeconfig {
    private Kubeconfig() {}

    /** @throws InvalidInputException when the file is missing, malformed, names no such context or holds a refused plugin */
    public static Config read(ClusterConfig wanted) {
        Path file = wanted.kubeconfig() != null ? wanted.kubeconfig() : defaultFile();
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    file.toString(), "no such kubeconfig; name one with --kubeconfig or KUBECONFIG");
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "the kubeconfig cannot be read: " + e.getMessage());
        }
        return parse(text, file.toString(), wanted.context(), wanted.allowExec());
    }

    /**
     * Parses a kubeconfig's text.
     *
     * @param where names the kubeconfig in errors; relative certificate files are looked up beside it
     * @throws InvalidInputException as {@link #read}
     */
    public static Config parse(String text, String where, String context, boolean allowExec) {
        Map<?, ?> root = load(text, where);
        if (!allowExec) {
            refusePlugins(root, where);
        }
        String wanted = context == null || context.isEmpty() ? null : context;
        requireContext(root, where, wanted);
        try {
            return Config.fromKubeconfig(wanted, text, where);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new InvalidInputException(where, "the kubeconfig is not valid: " + e.getMessage());
        }
    }

    private static Path defaultFile() {
        String variable = System.getenv("KUBECONFIG");
        if (variable != null && !variable.isEmpty()) {
            // kubectl merges several files; one is taken here, the first that exists.
            for (String name : variable.split(File.pathSeparator)) {
                if (!name.isEmpty() && Files.exists(Path.of(name))) {
                    return Path.of(name);
                }
            }
            return Path.of(variable.split(File.pathSeparator)[0]);
        }
        return Path.of(System.getProperty("user.home"), ".kube", "config");
    }

    static Map<?, ?> load(String text, String where) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(where).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new InvalidInputException(where, "the kubeconfig is not YAML");
        }
        if (root instanceof Map<?, ?> map && map.get("clusters") instanceof List<?>) {
            return map;
        }
        throw new InvalidInputException(where, "this is no kubeconfig: it has no list of clusters");
    }

    static void refusePlugins(Map<?, ?> root, String where) {
        for (Map<?, ?> entry : entries(root, "users")) {
            if (entry.get("user") instanceof Map<?, ?> user) {
                for (String plugin : List.of("exec", "auth-provider")) {
                    if (user.containsKey(plugin)) {
                        throw new InvalidInputException(
                                where,
                                "user " + entry.get("name") + " gets its credentials from a program (" + plugin
                                        + "), which is not allowed here; use a token or a client certificate");
                    }
                }
            }
        }
    }

    static void requireContext(Map<?, ?> root, String where, String context) {
        List<String> names = entries(root, "contexts").stream()
                .map(entry -> String.valueOf(entry.get("name")))
                .toList();
        Object wanted = context != null ? context : root.get("current-context");
        if (wanted == null || wanted.toString().isEmpty()) {
            throw new InvalidInputException(where, "the kubeconfig has no current-context; name one of " + names);
        }
        if (!names.contains(wanted.toString())) {
            throw new InvalidInputException(where, "no context " + wanted + "; there are " + names);
        }
    }

    static List<Map<?, ?>> entries(Map<?, ?> root, String list) {
        return root.get(list) instanceof List<?> items
                ? items.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(item -> (Map<?, ?>) item)
                        .toList()
                : List.of();
    }
}

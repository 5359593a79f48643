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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return read(wanted, System.getenv());
    }

    /** @param environment where {@code KUBECONFIG} and {@code HOME} are looked up */
    static Config read(ClusterConfig wanted, Map<String, String> environment) {
        List<Path> files = wanted.kubeconfig() != null ? List.of(wanted.kubeconfig()) : defaultFiles(environment);
        if (files.size() == 1) {
            Path file = files.getFirst();
            return parse(content(file), file.toString(), wanted.context(), wanted.allowExec());
        }
        MergedKubeconfig merged = new MergedKubeconfig();
        for (Path file : files) {
            merged.add(load(content(file), file.toString()), file.toAbsolutePath());
        }
        String where = files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return parse(merged.text(), where, null, wanted.context(), wanted.allowExec());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    file.toString(), "no such kubeconfig; name one with --kubeconfig or KUBECONFIG");
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "the kubeconfig cannot be read: " + e.getMessage());
        }
    }

    /**
     * Parses a kubeconfig's text.
     *
     * @param where names the kubeconfig in errors; relative certificate files are looked up beside it
     * @throws InvalidInputException as {@link #read}
     */
    public static Config parse(String text, String where, String context, boolean allowExec) {
        return parse(text, where, where, context, allowExec);
    }

    /** @param file where the text is from, null when it is of no one file */
    private static Config parse(String text, String where, String file, String context, boolean allowExec) {
        Map<?, ?> root = load(text, where);
        if (!allowExec) {
            refusePlugins(root, where);
        }
        String wanted = context == null || context.isEmpty() ? null : context;
        requireContext(root, where, wanted);
        try {
            return Config.fromKubeconfig(wanted, text, file);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new InvalidInputException(where, "the kubeconfig is not valid: " + e.getMessage());
        }
    }

    /** As kubectl: those of KUBECONFIG that exist, or its first, so that an error can name it; else the one of the home folder. */
    private static List<Path> defaultFiles(Map<String, String> environment) {
        List<Path> named = Stream.of(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
        if (named.isEmpty()) {
            String home = environment.getOrDefault("HOME", "");
            return List.of(Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".kube", "config"));
        }
        List<Path> existing = named.stream().filter(Files::exists).toList();
        return existing.isEmpty() ? List.of(named.getFirst()) : existing;
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

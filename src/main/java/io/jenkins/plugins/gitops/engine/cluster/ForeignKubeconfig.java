package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kubeconfig that somebody else brought: its current context, and nothing of this machine. It may not name a file, for that
 * file's content would go to the server that it names as well; no environment variable changes what it says; a program is run
 * only where that is allowed. A field that would be left out is refused, never ignored.
 */
public final class ForeignKubeconfig {
    private static final Set<String> CLUSTER = Set.of(
            "server", "certificate-authority-data", "insecure-skip-tls-verify", "disable-compression", "extensions");
    private static final Set<String> USER =
            Set.of("token", "client-certificate-data", "client-key-data", "username", "password", "extensions");
    private static final Set<String> FILES =
            Set.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

    private ForeignKubeconfig() {}

    /**
     * @param where names the kubeconfig in errors
     * @throws InvalidInputException when it is malformed or holds what is refused
     */
    public static Config parse(String text, String where, boolean allowExec) {
        Map<?, ?> root = Kubeconfig.load(text, where);
        if (!allowExec) {
            Kubeconfig.refusePlugins(root, where);
        }
        Kubeconfig.requireContext(root, where, null);
        Map<?, ?> context = named(root, "contexts", root.get("current-context"), "context", where);
        Map<?, ?> cluster = named(root, "clusters", context.get("cluster"), "cluster", where);
        Map<?, ?> user = named(root, "users", context.get("user"), "user", where);
        boolean program = user.containsKey("exec") || user.containsKey("auth-provider");
        requireOnly(CLUSTER, cluster, "cluster " + context.get("cluster"), where);
        requireOnly(USER, user, "user " + context.get("user"), where);
        if (program) {
            return run(text, where);
        }
        boolean trustAll = Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify"));
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(required(cluster, where))
                .withCaCertData(text(cluster, "certificate-authority-data"))
                .withTrustCerts(trustAll)
                .withDisableHostnameVerification(trustAll)
                .withOauthToken(text(user, "token"))
                .withClientCertData(text(user, "client-certificate-data"))
                .withClientKeyData(text(user, "client-key-data"))
                .withUsername(text(user, "username"))
                .withPassword(text(user, "password"))
                .build();
    }

    private static Config run(String text, String where) {
        try {
            return Config.fromKubeconfig(null, text, null);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new InvalidInputException(where, "the kubeconfig is not valid: " + e.getMessage());
        }
    }

    private static Map<?, ?> named(Map<?, ?> root, String list, Object name, String field, String where) {
        return Kubeconfig.entries(root, list).stream()
                .filter(entry -> name != null && name.equals(entry.get("name")))
                .map(entry -> entry.get(field))
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(value -> (Map<?, ?>) value)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        where, "the current context names the " + field + " " + name + ", which is not there"));
    }

    private static void requireOnly(Set<String> known, Map<?, ?> values, String what, String where) {
        for (Object field : values.keySet()) {
            String name = String.valueOf(field);
            if (FILES.contains(name)) {
                throw new InvalidInputException(
                        where,
                        what + " refers to a file (" + name
                                + "); embed it with kubectl config view --raw --flatten --minify");
            }
            if (!known.contains(name) && !List.of("exec", "auth-provider").contains(name)) {
                throw new InvalidInputException(
                        where, what + " has the field " + name + ", which is not supported here");
            }
        }
    }

    private static String required(Map<?, ?> cluster, String where) {
        String server = text(cluster, "server");
        if (server == null || server.isEmpty()) {
            throw new InvalidInputException(where, "the cluster of the current context has no server");
        }
        return server;
    }

    private static String text(Map<?, ?> values, String field) {
        Object value = values.get(field);
        return value == null ? null : value.toString();
    }
}

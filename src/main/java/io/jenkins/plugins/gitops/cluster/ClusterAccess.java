package io.jenkins.plugins.gitops.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All that a node needs to connect to one cluster, and what it may do there. It holds secrets in clear, so it exists in memory
 * and on the channel to an agent only; it prints itself without them. Two equal values may share a connection.
 *
 * @param cluster the name under which the cluster is configured
 * @param serverUrl of the API server
 * @param certificateAuthority base64 of PEM; null means that of the node's Java
 * @param trustAll whether any server certificate is accepted: only a kubeconfig can ask for that
 * @param clientCertificate base64 of PEM, or null
 * @param clientKey base64 of PEM, or null
 * @param token bearer token, or null
 * @param username or null
 * @param password or null
 * @param requestsInFlight bound on concurrent requests of all runs that share the connection
 */
public record ClusterAccess(
        String cluster,
        String serverUrl,
        String certificateAuthority,
        boolean trustAll,
        String clientCertificate,
        String clientKey,
        String token,
        String username,
        String password,
        int requestsInFlight,
        List<String> allowedNamespaces,
        List<String> allowedKinds)
        implements Serializable {
    public ClusterAccess {
        allowedNamespaces = List.copyOf(allowedNamespaces);
        allowedKinds = List.copyOf(allowedKinds);
    }

    /**
     * A new connection; nothing is sent yet. Runs take theirs from {@link NodeClusters}.
     *
     * @throws InvalidInputException when the authority, the client certificate or its key cannot be read
     */
    public Cluster connect() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(serverUrl)
                .withCaCertData(certificateAuthority)
                .withTrustCerts(trustAll)
                .withDisableHostnameVerification(trustAll)
                .withClientCertData(clientCertificate)
                .withClientKeyData(clientKey)
                .withOauthToken(token)
                .withUsername(username)
                .withPassword(password)
                .build();
        if (clientCertificate != null) {
            // fabric8 takes every key for RSA unless it is told.
            config.setClientKeyAlgo(Pem.keyAlgorithm(clientCertificate));
        }
        try {
            return Cluster.connect(config, requestsInFlight);
        } catch (KubernetesClientException e) {
            throw new InvalidInputException(
                    toString(), "its authority, client certificate or key cannot be read: " + reason(e));
        }
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.getMessage() : reason(e.getCause());
    }

    public Permissions permissions() {
        return new Permissions(allowedNamespaces, allowedKinds);
    }

    /** Takes the secrets out of a text: as they are written in a request, and a key line by line. */
    public UnaryOperator<String> mask() {
        List<String> secrets = Stream.concat(Stream.of(token, password, clientKey), lines(clientKey))
                .filter(Objects::nonNull)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .toList();
        return text -> secrets.stream().reduce(text, (masked, secret) -> masked.replace(secret, "****"));
    }

    /** Shorter ones would blacken ordinary words, and hide nothing. */
    private static final int SHORTEST_SECRET = 4;

    private static Stream<String> lines(String base64) {
        if (base64 == null) {
            return Stream.empty();
        }
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("-----"));
    }

    @Override
    public String toString() {
        return "cluster " + cluster + " at " + serverUrl;
    }
}

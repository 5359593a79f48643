package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A connection to one cluster, safe for use by many threads. Opening it sends no request; {@link #discovery} is asked once
 * and kept until {@link #refreshDiscovery}.
 */
public final class Cluster implements AutoCloseable {
    private final KubernetesClient client;
    private final ApiServer api;
    private final ObjectApi objects;
    private final SpareConnection spare;
    private final Known known;

    /** What is known of the cluster, by all guards of one connection. */
    private record Known(AtomicReference<Discovery> discovery, Schemas schemas, SettledVersions settled) {
        Known(ApiServer api) {
            this(new AtomicReference<>(), new Schemas(api), new SettledVersions());
        }
    }

    private Cluster(KubernetesClient client, ApiServer api, SpareConnection spare, Known known) {
        this.client = client;
        this.api = api;
        this.objects = new ObjectApi(api);
        this.spare = spare;
        this.known = known;
    }

    /** @throws InvalidInputException when the kubeconfig is wrong */
    public static Cluster connect(ClusterConfig config) {
        return connect(Kubeconfig.read(config), config.requestsInFlight());
    }

    /** @param requestTimeout after which a request without an answer counts as lost */
    public static Cluster connect(ClusterConfig config, Duration requestTimeout) {
        return connect(Kubeconfig.read(config), config.requestsInFlight(), requestTimeout);
    }

    /** Takes a configuration that the host has made from its own credentials. */
    public static Cluster connect(Config config, int requestsInFlight) {
        return connect(config, requestsInFlight, ApiServer.REQUEST_TIMEOUT);
    }

    /** @param requestTimeout after which a request without an answer counts as lost */
    public static Cluster connect(Config config, int requestsInFlight, Duration requestTimeout) {
        // Retries are decided here by what the server answered; fabric8 would repeat every 500, schema errors too.
        config.setRequestRetryBackoffLimit(0);
        config.setMaxConcurrentRequests(requestsInFlight + WATCHES);
        config.setMaxConcurrentRequestsPerHost(requestsInFlight + WATCHES);
        SpareConnection.Credentials credentials = new SpareConnection.Credentials();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("GITOPS", credentials))
                .build();
        URI url = URI.create(config.getMasterUrl());
        ApiServer api = new ApiServer(client.getHttpClient(), url, requestsInFlight, requestTimeout);
        SpareConnection spare =
                new SpareConnection(url, ((OkHttpClientImpl) client.getHttpClient()).getOkHttpClient(), credentials);
        return new Cluster(client, api, spare, new Known(api));
    }

    /**
     * The same connection, whose writes are guarded: the guard runs right before each request that changes something, and
     * keeps it from being sent by throwing. Not to be closed.
     */
    public Cluster guarded(Runnable guard) {
        return new Cluster(client, api.guarded(guard), spare, known);
    }

    /** The API server's time, within a second; this machine's until the server has answered once. */
    public Instant now() {
        return api.now();
    }

    /** Room for open watches beside the bounded requests. */
    private static final int WATCHES = 200;

    public URI url() {
        return api.url();
    }

    public ObjectApi objects() {
        return objects;
    }

    /** For the one request that must not depend on the state of this connection. */
    SpareConnection spare() {
        return spare;
    }

    /** @throws ClusterException when the cluster does not answer */
    public Discovery discovery() {
        Discovery discovery = known.discovery().get();
        return discovery != null ? discovery : refreshDiscovery();
    }

    public Discovery refreshDiscovery() {
        Discovery fresh = Discovery.ask(api);
        known.discovery().set(fresh);
        return fresh;
    }

    public Schemas schemas() {
        return known.schemas();
    }

    public SettledVersions settled() {
        return known.settled();
    }

    /** Asks anew what the cluster serves, and forgets what was found of its objects. */
    public void refresh() {
        refreshDiscovery();
        known.settled().forget();
    }

    /**
     * What templates may ask about it; sends one request.
     *
     * @throws ClusterException when the cluster does not answer
     */
    public ClusterVersion version() {
        return new ClusterVersion(
                api.get("/version").path("gitVersion").asText(""), discovery().served());
    }

    /**
     * Who this is, and to whom: a request that every authenticated user may send, and no other.
     *
     * @throws ClusterException when the cluster does not answer, or does not accept the credentials
     */
    public Greeting greet() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authentication.k8s.io/v1");
        review.put("kind", "SelfSubjectReview");
        try {
            String user = api.send(
                            "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "application/json", review)
                    .path("status")
                    .path("userInfo")
                    .path("username")
                    .asText("");
            return new Greeting(user, api.get("/version").path("gitVersion").asText(""));
        } catch (ApiException e) {
            if (e.status().unauthorized()) {
                throw new ClusterException(
                        "the cluster at " + api.url()
                                + " takes this for an anonymous request: give it a credential of a kind that it knows",
                        e);
            }
            throw e;
        }
    }

    /**
     * What a cluster answers to {@link #greet}.
     *
     * @param user as the server sees it, such as {@code system:serviceaccount:jenkins:deployer}
     * @param version of the server, such as {@code v1.37.2}
     */
    public record Greeting(String user, String version) {}

    /** For watches, which fabric8 keeps alive better than anything written anew here. */
    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}

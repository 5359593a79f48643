package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests and answers of one API server, as JSON. Bounded: no more than the given number of requests is in flight; the
 * caller's (virtual) thread waits for its turn. An interrupt ends the wait with {@link CancelledException}.
 */
final class ApiServer {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI base;
    private final Semaphore inFlight;
    private final Duration timeout;
    private final ServerClock clock;
    private final Runnable beforeWrite;
    private final ObjectMapper mapper = new ObjectMapper();

    ApiServer(HttpClient http, URI base, int requestsInFlight) {
        this(http, base, requestsInFlight, REQUEST_TIMEOUT);
    }

    /** @param timeout of one request, from sending it to the end of its answer */
    ApiServer(HttpClient http, URI base, int requestsInFlight, Duration timeout) {
        this(http, base, new Semaphore(requestsInFlight, true), timeout, new ServerClock(), () -> {});
    }

    private ApiServer(
            HttpClient http, URI base, Semaphore inFlight, Duration timeout, ServerClock clock, Runnable beforeWrite) {
        this.http = http;
        this.base = base;
        this.inFlight = inFlight;
        this.timeout = timeout;
        this.clock = clock;
        this.beforeWrite = beforeWrite;
    }

    /** The same server; the guard runs right before each request that changes something, and may throw. */
    ApiServer guarded(Runnable guard) {
        return new ApiServer(http, base, inFlight, timeout, clock, guard);
    }

    /** The server's time, as far as its answers told it. */
    Instant now() {
        return clock.now();
    }

    URI url() {
        return base;
    }

    ObjectNode get(String path) {
        return get(path, "application/json");
    }

    ObjectNode get(String path, String accept) {
        return send("GET", path, null, null, Map.of("Accept", accept));
    }

    /** @param body JSON, or null */
    ObjectNode send(String method, String path, String contentType, JsonNode body) {
        return send(method, path, contentType, body, Map.of("Accept", "application/json"));
    }

    /**
     * @throws ApiException when the server refuses
     * @throws ClusterException when it does not answer, or does not accept the credentials
     */
    private ObjectNode send(
            String method, String path, String contentType, JsonNode body, Map<String, String> headers) {
        String text = body == null ? null : write(body);
        Duration pause = Duration.ofMillis(250);
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> response;
            try {
                response = once(method, path, contentType, text, headers);
            } catch (IOException e) {
                // A created object would be reported as existing by a second POST; all other requests are idempotent.
                // Who waited in vain for a whole timeout does not wait for it again: the caller may try again later.
                if (attempt >= ATTEMPTS || method.equals("POST") || isTimeout(e)) {
                    throw ClusterException.of(
                            "the cluster at " + base + " does not answer: " + reason(e)
                                    + "; check the server address, the network and the certificate authority",
                            e,
                            true);
                }
                pause = pauseThenDouble(pause);
                continue;
            }
            byte[] bytes = response.body() == null ? new byte[0] : response.body();
            if (response.isSuccessful()) {
                return object(bytes, path);
            }
            ApiStatus status = status(response, bytes);
            if (status.code() == 401) {
                throw new ClusterException(
                        "the cluster at " + base
                                + " does not accept the credentials (401 Unauthorized); renew the token or the client certificate");
            }
            boolean busy = status.code() == 429 || status.code() == 503;
            // Who is asked to wait for longer does not knock again any sooner: the caller may try again then.
            if (attempt >= ATTEMPTS || !busy || status.retryAfter().compareTo(LONGEST_PAUSE) > 0) {
                throw new ApiException(status);
            }
            pause = pauseThenDouble(status.retryAfter().isZero() ? pause : status.retryAfter());
        }
    }

    private HttpResponse<byte[]> once(
            String method, String path, String contentType, String body, Map<String, String> headers)
            throws IOException {
        // Later than the wait below, which knows what it waited for: the client only says that it cancelled.
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(base.resolve(path))
                .timeout(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        headers.forEach(request::header);
        if (contentType != null || !method.equals("GET")) {
            request.method(method, contentType, body);
        }
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
        CompletableFuture<HttpResponse<byte[]>> answer = null;
        try {
            if (!method.equals("GET") && !path.contains("dryRun=All")) {
                beforeWrite.run();
            }
            answer = http.sendAsync(request.build(), byte[].class);
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            clock.learn(response.header("Date"));
            return response;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new InterruptedIOException("no answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new CancelledException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            inFlight.release();
        }
    }

    private static Duration pauseThenDouble(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
        return pause.multipliedBy(2);
    }

    private static boolean isTimeout(IOException e) {
        return e instanceof InterruptedIOException || e instanceof HttpTimeoutException;
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String header = response.header("Retry-After");
        return header == null || !header.matches("\\d{1,6}")
                ? Duration.ZERO
                : Duration.ofSeconds(Long.parseLong(header));
    }

    private ApiStatus status(HttpResponse<?> response, byte[] bytes) {
        String raw = new String(bytes, StandardCharsets.UTF_8);
        try {
            return ApiStatus.of(response.code(), mapper.readTree(bytes), raw, retryAfter(response));
        } catch (IOException notJson) {
            return ApiStatus.of(response.code(), MissingNode.getInstance(), raw, retryAfter(response));
        }
    }

    private ObjectNode object(byte[] bytes, String path) {
        try {
            if (mapper.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw new ClusterException(base.resolve(path) + " answered with something that is no JSON object");
        } catch (IOException e) {
            throw new ClusterException(
                    base.resolve(path) + " answered with something that is no JSON: is this a Kubernetes API server?",
                    e);
        }
    }

    private String write(JsonNode body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree is always writable", e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}

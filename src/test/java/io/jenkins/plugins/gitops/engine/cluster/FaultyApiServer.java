package io.jenkins.plugins.gitops.engine.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real API server, on loopback, and spoils the answers to chosen requests. */
public final class FaultyApiServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KubernetesClient client;
    private final URI base;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What happens to requests whose {@code METHOD path?query} matches a pattern, as often as {@code left} says. */
    private record Rule(String pattern, AtomicInteger left, Fault fault) {
        boolean takes(String request) {
            return request.matches(pattern) && left.getAndDecrement() > 0;
        }
    }

    private sealed interface Fault {}

    private record Answer(int code, String reason, String message, Map<String, String> headers) implements Fault {}

    private record Cut() implements Fault {}

    private record CutAfter() implements Fault {}

    private record Before(Runnable action) implements Fault {}

    /** Passes everything on as the kubeconfig's user until told otherwise. */
    public FaultyApiServer(Path kubeconfig) throws IOException {
        Config config = Kubeconfig.read(new ClusterConfig(kubeconfig, null, false, 50));
        config.setRequestRetryBackoffLimit(0);
        config.setMaxConcurrentRequests(100);
        config.setMaxConcurrentRequestsPerHost(100);
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.base = URI.create(config.getMasterUrl());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public Path kubeconfig(Path file) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: faulty
                clusters: [{name: faulty, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: faulty, user: {token: none}}]
                contexts: [{name: faulty, context: {cluster: faulty, user: faulty}}]
                """.formatted(server.getAddress().getPort()));
    }

    /** Answers in the API server's form instead of asking it. */
    public FaultyApiServer answer(String pattern, int code, String reason, String message) {
        return answer(pattern, Integer.MAX_VALUE, new Answer(code, reason, message, Map.of()));
    }

    /** Answers so many times in the API server's form, then passes on. */
    public FaultyApiServer answer(String pattern, int times, int code, String reason, String message) {
        return answer(pattern, times, new Answer(code, reason, message, Map.of()));
    }

    /** Answers so many times, with a header, then passes on. */
    public FaultyApiServer answerOnce(String pattern, int code, String reason, Map<String, String> headers) {
        return answer(pattern, 1, new Answer(code, reason, reason, headers));
    }

    /** Ends the connection without an answer. */
    public FaultyApiServer cut(String pattern) {
        return answer(pattern, Integer.MAX_VALUE, new Cut());
    }

    /** Passes the request on, and ends the connection instead of passing the answer back. */
    public FaultyApiServer cutAfter(String pattern) {
        return answer(pattern, Integer.MAX_VALUE, new CutAfter());
    }

    /** Keeps the connection open and says nothing for so long, then passes the request on. */
    public FaultyApiServer hang(String pattern, Duration pause) {
        return hang(pattern, Integer.MAX_VALUE, pause);
    }

    /** As {@link #hang(String, Duration)}, so many times. */
    public FaultyApiServer hang(String pattern, int times, Duration pause) {
        return before(pattern, times, () -> {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Does something before passing the request on, so many times. */
    public FaultyApiServer before(String pattern, int times, Runnable action) {
        return answer(pattern, times, new Before(action));
    }

    private FaultyApiServer answer(String pattern, int times, Fault fault) {
        rules.add(new Rule(pattern, new AtomicInteger(times), fault));
        return this;
    }

    public void heal() {
        rules.clear();
    }

    /** {@code METHOD path?query} of all that came, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        Fault fault = rules.stream()
                .filter(rule -> rule.takes(request))
                .map(Rule::fault)
                .findFirst()
                .orElse(new Before(() -> {}));
        switch (fault) {
            case Cut cut -> exchange.close();
            case CutAfter cut -> {
                send(exchange);
                exchange.close();
            }
            case Answer answer -> {
                answer.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
                reply(exchange, answer.code(), """
                        {"kind":"Status","apiVersion":"v1","status":"Failure","message":"%s","reason":"%s","code":%d}
                        """.formatted(answer.message(), answer.reason(), answer.code())
                        .getBytes(StandardCharsets.UTF_8));
            }
            case Before before -> {
                before.action().run();
                pass(exchange);
            }
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpResponse<byte[]> response = send(exchange);
        reply(exchange, response.code(), response.body());
    }

    private HttpResponse<byte[]> send(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(base.resolve(exchange.getRequestURI().toString()))
                .header("Accept", exchange.getRequestHeaders().getFirst("Accept"));
        if (!exchange.getRequestMethod().equals("GET")) {
            request.method(exchange.getRequestMethod(), contentType, body.isEmpty() ? null : body);
        }
        try {
            return client.getHttpClient()
                    .sendAsync(request.build(), byte[].class)
                    .get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}

package io.jenkins.plugins.gitops.engine.render.helm;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A chart repository over HTTP on the loopback interface: a folder that is served. */
public record HttpCharts(Path served, HttpServer server, List<String> asked) implements AutoCloseable {
    /** @param credential {@code user:password} that it wants */
    public HttpCharts(Path served, Optional<String> credential) throws IOException {
        this(
                served,
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
                new ArrayList<>());
        String expected = "Basic "
                + Base64.getEncoder().encodeToString(credential.orElse("").getBytes(StandardCharsets.UTF_8));
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            Path file = served.resolve(path.substring(1));
            boolean allowed = credential.isEmpty()
                    || expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = allowed && Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(
                    !allowed ? 401 : body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void index() {
        TestTools.run(served, TestTools.binary("helm"), "repo", "index", ".", "--url", url());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

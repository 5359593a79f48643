package io.jenkins.plugins.gitops.engine.render.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A real OCI registry on the loopback interface, that of crane, which knows neither TLS nor users. So a second port in front
 * of it speaks TLS and wants a user and a password, as registries do; helm talks to that one.
 */
final class ChartRegistry implements AutoCloseable {
    static final String USER = "ann";
    static final String PASSWORD = "s3cret-of-ann";

    private static final String STORE_PASSWORD = "changeit";

    private final Process registry;
    private final int plainPort;
    private final HttpsServer front;
    private final Path certificate;

    ChartRegistry(Path folder) throws IOException, GeneralSecurityException {
        plainPort = freePort();
        registry = new ProcessBuilder(
                        TestTools.binary("crane").toString(),
                        "registry",
                        "serve",
                        "--address",
                        "127.0.0.1:" + plainPort)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Path store = folder.resolve("registry.p12");
        certificate = folder.resolve("registry.pem");
        keytool(
                folder,
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc:c",
                "-validity",
                "2");
        keytool(
                folder,
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-alias",
                "a",
                "-file",
                certificate.toString());
        front = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        front.createContext("/", this::forward);
        front.start();
        await();
    }

    /** Of charts. */
    String url() {
        return "oci://localhost:" + front.getAddress().getPort() + "/charts";
    }

    /** What helm must trust, as a variable of its environment. */
    Map<String, String> trust() {
        return Map.of("SSL_CERT_FILE", certificate.toString());
    }

    /** Without TLS and user, as only this machine may. */
    void push(Path folder, Path archive) {
        TestTools.run(
                folder,
                TestTools.binary("helm"),
                "push",
                "--plain-http",
                archive.toString(),
                "oci://127.0.0.1:" + plainPort + "/charts");
    }

    private void forward(HttpExchange exchange) throws IOException {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"charts\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        HttpURLConnection behind =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + plainPort + exchange.getRequestURI())
                        .toURL()
                        .openConnection();
        behind.setRequestMethod(exchange.getRequestMethod());
        exchange.getRequestHeaders()
                .getOrDefault("Accept", List.of())
                .forEach(type -> behind.addRequestProperty("Accept", type));
        int status = behind.getResponseCode();
        behind.getHeaderFields().forEach((name, values) -> {
            if (name != null && (name.startsWith("Docker-") || name.equals("Content-Type"))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", behind.getHeaderField("Content-Length"));
        }
        byte[] body =
                head || status >= 400 ? new byte[0] : behind.getInputStream().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void await() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                URI.create("http://127.0.0.1:" + plainPort + "/v2/")
                        .toURL()
                        .openStream()
                        .close();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !registry.isAlive()) {
                    throw e;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path folder, String... arguments) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("-storepass", STORE_PASSWORD));
        TestTools.run(folder, tool, all.toArray(String[]::new));
        if (!Files.exists(folder)) {
            throw new IOException(folder + " is gone");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        front.stop(0);
        registry.destroyForcibly();
    }
}

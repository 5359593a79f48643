package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import okhttp3.OkHttpClient;

/**
 * Another way to the same server, with the same credentials, for one request that must get through although the client's connection
 * hangs, or although the client cannot load another class, as on an agent whose controller is gone. Therefore it uses nothing but the
 * JDK, whose classes can always be loaded.
 */
final class SpareConnection {
    private final URI base;
    private final OkHttpClient client;
    private final Proxy proxy;
    private final Credentials credentials;

    /** @param client whose certificates and proxy it shares */
    SpareConnection(URI base, OkHttpClient client, Credentials credentials) {
        this.base = base;
        this.client = client;
        this.proxy = client.proxy();
        this.credentials = credentials;
    }

    /** Those that the client sent last, which its own interceptors have renewed when they had to. */
    static final class Credentials implements Interceptor {
        private volatile Map<String, List<String>> last = Map.of();

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            last = request.headers();
        }

        private void copyTo(HttpURLConnection connection) {
            last.forEach((name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.equals("authorization") || lower.startsWith("impersonate-")) {
                    values.forEach(value -> connection.addRequestProperty(name, value));
                }
            });
        }
    }

    /**
     * Sends one PUT on a connection that is made for it.
     *
     * @param patience with the making of the connection, and again with the answer
     * @return the answer's status
     * @throws IOException when there is no answer
     */
    int put(String path, String json, Duration patience) throws IOException {
        URL url = base.resolve(path).toURL();
        HttpURLConnection connection =
                (HttpURLConnection) (proxy == null ? url.openConnection() : url.openConnection(proxy));
        try {
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(client.sslSocketFactory());
                https.setHostnameVerifier(client.hostnameVerifier());
            }
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            connection.setConnectTimeout((int) patience.toMillis());
            connection.setReadTimeout((int) patience.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("PUT");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Accept", "application/json");
            credentials.copyTo(connection);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}

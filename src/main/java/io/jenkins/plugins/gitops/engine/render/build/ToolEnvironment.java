package io.jenkins.plugins.gitops.engine.render.build;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment that a tool gets: an allow-list. Kustomize reads variables into ConfigMaps when an env file names one
 * without a value, so whatever is here can end in a cluster.
 */
public final class ToolEnvironment {
    private static final List<String> ALWAYS = List.of("PATH", "LANG", "LC_ALL", "SystemRoot", "PATHEXT");
    /** In both spellings, as Go and curl read them. */
    private static final List<String> NETWORK = List.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private final Map<String, String> host;

    public ToolEnvironment(Map<String, String> host) {
        this.host = host;
    }

    /** @param home takes the place of the user's home folder, so that no configuration of the user is read */
    public Map<String, String> offline(Path home) {
        Map<String, String> environment = new HashMap<>();
        copy(ALWAYS, environment);
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", home.toString());
        environment.put("TMP", home.toString());
        environment.put("TEMP", home.toString());
        return environment;
    }

    /** The same with proxies and certificates. */
    public Map<String, String> online(Path home) {
        Map<String, String> environment = offline(home);
        copy(NETWORK, environment);
        // No question at a terminal, and no transport that runs a program or reads this machine's files.
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ALLOW_PROTOCOL", "https:http:ssh:git");
        return environment;
    }

    private void copy(List<String> names, Map<String, String> environment) {
        for (String name : names) {
            if (host.containsKey(name)) {
                environment.put(name, host.get(name));
            }
        }
    }
}

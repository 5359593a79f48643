package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.render.build.HostInputs;
import io.jenkins.plugins.gitops.engine.render.build.RepositoryCredentials;
import io.jenkins.plugins.gitops.engine.render.build.Variables;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the controller gives a rendering besides the checkout: values of variables, and what opens encrypted files and chart
 * repositories. It holds secrets in clear, so it exists in memory and on the channel to an agent only, and prints itself
 * without them.
 *
 * @param variables by name, or {@code credentials:ID}
 * @param ageKeys texts of age key files
 */
public record HostValues(Map<String, Value> variables, List<String> ageKeys, List<Login> logins)
        implements Serializable {
    public static final HostValues NONE = new HostValues(Map.of(), List.of(), List.of());

    /** Shorter ones would blacken ordinary words, and hide nothing. */
    private static final int SHORTEST_SECRET = 4;

    public HostValues {
        variables = Map.copyOf(variables);
        ageKeys = List.copyOf(ageKeys);
        logins = List.copyOf(logins);
    }

    /** Of a variable. */
    public record Value(String text, boolean secret) implements Serializable {
        @Override
        public String toString() {
            return secret ? "****" : text;
        }
    }

    /** To a chart repository. */
    public record Login(String url, String user, String password) implements Serializable {
        @Override
        public String toString() {
            return "login to " + url;
        }
    }

    /** The variables whose values may be seen, in the order of their names. */
    public Map<String, String> visible() {
        Map<String, String> visible = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (!value.secret()) {
                visible.put(name, value.text());
            }
        });
        return visible;
    }

    HostInputs toHostInputs() {
        Variables known = name -> Optional.ofNullable(variables.get(name))
                .map(value -> new Variables.Value(value.text(), value.secret()));
        return new HostInputs(
                known,
                ageKeys,
                logins.stream()
                        .map(login -> new RepositoryCredentials(login.url(), login.user(), login.password()))
                        .toList());
    }

    /** Takes the secrets out of a text, line by line where they have several. */
    UnaryOperator<String> mask() {
        List<String> secrets = Stream.of(
                        variables.values().stream().filter(Value::secret).map(Value::text),
                        ageKeys.stream(),
                        logins.stream().map(Login::password))
                .flatMap(texts -> texts)
                .flatMap(text -> Stream.concat(Stream.of(text), text.lines()))
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST_SECRET && !secret.startsWith("#"))
                .distinct()
                .sorted((one, other) -> other.length() - one.length())
                .toList();
        return text -> secrets.stream().reduce(text, (masked, secret) -> masked.replace(secret, "****"));
    }

    @Override
    public String toString() {
        return variables.size() + " variables, " + ageKeys.size() + " age keys, " + logins;
    }
}

package io.jenkins.plugins.gitops.engine.render.sops;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The keys that the host gives, of texts as {@code age-keygen} writes them: a key a line, comments behind {@code #}. */
final class AgeKeys {
    private final List<AgeKey> keys = new ArrayList<>();

    /** @throws InvalidInputException when a line is no key; it is not quoted */
    AgeKeys(List<String> texts) {
        for (String text : texts) {
            int number = 0;
            for (String line : text.split("\n")) {
                number++;
                String key = line.strip();
                if (!key.isEmpty() && !key.startsWith("#")) {
                    int at = number;
                    keys.add(AgeKey.parse(key).orElseThrow(() -> notAKey(key, at)));
                }
            }
        }
    }

    private static InvalidInputException notAKey(String key, int line) {
        String what = key.startsWith("AGE-SECRET-KEY-PQ-")
                ? "is a post-quantum key, which is not supported; only AGE-SECRET-KEY-1… is"
                : key.startsWith("AGE-PLUGIN-")
                        ? "is a key of an age plugin, which is not supported; only AGE-SECRET-KEY-1… is"
                        : key.startsWith("-----BEGIN")
                                ? "is an SSH or PEM key, which is not supported; only AGE-SECRET-KEY-1… is"
                                : "is no secret key of age (AGE-SECRET-KEY-1…), or was cut off";
        return new InvalidInputException("the age keys, line " + line, what);
    }

    List<AgeKey> all() {
        return keys;
    }

    @Override
    public String toString() {
        return keys.stream().map(AgeKey::toString).collect(Collectors.joining(", "));
    }
}

package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names objects of an application, in one of two forms; in both {@code *} is any text:
 *
 * <ul>
 *   <li>as reports print a key: {@code Deployment.apps shop/web}, {@code Namespace shop};
 *   <li>as Argo CD writes it: {@code apps:Deployment:shop/web}; the group is empty for the core group, and without a namespace
 *       the name is meant in every one.
 * </ul>
 *
 * @param namespace {@code *} when none was given
 */
public record KeyPattern(String group, String kind, String namespace, String name) implements Serializable {
    private static final Pattern KEY = Pattern.compile("(?<kind>[^ .:/]+)(\\.(?<group>[^ :/]+))? (?<rest>[^ :]+)");
    private static final Pattern ARGO = Pattern.compile("(?<group>[^ :/]*):(?<kind>[^ :/]+):(?<rest>[^ ]+)");

    /** @throws InvalidInputException when the text is of neither form; {@code option} says where it was given */
    public static KeyPattern parse(String option, String text) {
        Matcher key = KEY.matcher(text.strip());
        Matcher argo = ARGO.matcher(text.strip());
        Matcher found = key.matches() ? key : argo;
        if (!found.matches()) {
            throw new InvalidInputException(
                    option,
                    "\"" + text + "\" names no object: write \"Deployment.apps shop/web\", as reports do, or"
                            + " apps:Deployment:shop/web");
        }
        String group = found.group("group") == null ? "" : found.group("group");
        String rest = found.group("rest");
        int slash = rest.indexOf('/');
        return new KeyPattern(
                group, found.group("kind"), slash < 0 ? "*" : rest.substring(0, slash), rest.substring(slash + 1));
    }

    /** Names this object and no other. */
    public static KeyPattern of(ResourceKey key) {
        return new KeyPattern(key.group(), key.kind(), key.namespace(), key.name());
    }

    public boolean matches(ResourceKey key) {
        return Glob.matchesStars(group, key.group())
                && Glob.matchesStars(kind, key.kind())
                && Glob.matchesStars(namespace, key.namespace())
                && Glob.matchesStars(name, key.name());
    }

    @Override
    public String toString() {
        return new ResourceKey(group, kind, namespace.equals("*") ? "" : namespace, name).toString();
    }
}

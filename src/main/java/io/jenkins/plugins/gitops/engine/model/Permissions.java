package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where an application may have objects and of which kinds, as the owner of a cluster says it. It holds whatever Git says and
 * whatever the cluster's own roles would let through.
 *
 * <p>When namespaces are limited, so is what stands above them: a cluster-scoped kind must be named in {@code kinds}. A
 * Namespace itself counts as being inside the namespace of its name.
 *
 * @param namespaces globs in which {@code *} is any text; empty means every namespace
 * @param kinds globs over the text form of a {@link GroupKind} ({@code ConfigMap}, {@code Deployment.apps}, {@code *.apps});
 *     empty means every kind
 */
public record Permissions(List<String> namespaces, List<String> kinds) implements Serializable {
    public static final Permissions ALL = new Permissions(List.of(), List.of());

    public Permissions {
        namespaces = List.copyOf(namespaces);
        kinds = List.copyOf(kinds);
    }

    /** Why an object may be neither written nor pruned, to be read after its key; empty when it may. */
    public Optional<String> refusal(ResourceKey key) {
        boolean named = matches(kinds, key.groupKind().toString());
        if (!kinds.isEmpty() && !named) {
            return Optional.of("the kind " + key.groupKind() + " is not allowed in this cluster, only " + list(kinds));
        }
        return key.namespace().isEmpty() && !key.isNamespace()
                ? refusalOfClusterScope(key, named)
                : refusal(key.isNamespace() ? key.name() : key.namespace());
    }

    /** Why nothing may be written to a namespace; empty when it may. */
    public Optional<String> refusal(String namespace) {
        return namespaces.isEmpty() || matches(namespaces, namespace)
                ? Optional.empty()
                : Optional.of(
                        "the namespace " + namespace + " is not allowed in this cluster, only " + list(namespaces));
    }

    private Optional<String> refusalOfClusterScope(ResourceKey key, boolean named) {
        return namespaces.isEmpty() || named
                ? Optional.empty()
                : Optional.of("the kind " + key.groupKind() + " is cluster-scoped, and with only the namespaces "
                        + list(namespaces) + " allowed it must be among the allowed kinds");
    }

    private static boolean matches(List<String> globs, String text) {
        return globs.stream().anyMatch(glob -> Glob.matchesStars(glob, text));
    }

    private static String list(List<String> globs) {
        return String.join(", ", globs);
    }
}

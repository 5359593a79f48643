package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One object, and what it owns.
 *
 * @param health null when the kind has no rule and the object no status: it counts as healthy
 * @param message what its own status says
 * @param reason which object below it, or which warning of the cluster, explains why it is not well; null when nothing does
 *     better than its own message
 */
public record TreeNode(
        String group,
        String kind,
        String namespace,
        String name,
        HealthStatus health,
        String message,
        Reason reason,
        List<TreeNode> owned) {
    public TreeNode {
        owned = List.copyOf(owned);
    }

    /** The object that explains, and what it says. */
    public record Reason(String group, String kind, String namespace, String name, String message) {
        public Reason(ResourceKey key, String message) {
            this(key.group(), key.kind(), key.namespace(), key.name(), message);
        }

        @JsonIgnore
        public ResourceKey key() {
            return new ResourceKey(group, kind, namespace, name);
        }
    }

    @JsonIgnore
    public ResourceKey key() {
        return new ResourceKey(group, kind, namespace, name);
    }

    /** What explains: {@code Pod shop/web-1: container app: CrashLoopBackOff}; the warning alone when it is about itself. */
    public Optional<String> explanation() {
        return Optional.ofNullable(reason)
                .map(why -> why.key().equals(key()) ? why.message() : why.key() + ": " + why.message());
    }

    /** Its message, and with it what explains. */
    public String explained() {
        return Stream.concat(Stream.of(message), explanation().stream())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }
}

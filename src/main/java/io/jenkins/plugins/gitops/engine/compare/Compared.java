package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import java.util.List;
import java.util.Optional;

/**
 * One object, compared.
 *
 * @param desired with the tracking label; empty for an Extra object
 * @param resource empty while the kind's CustomResourceDefinition is desired but not served
 * @param live empty when there is none
 * @param message why it is Unknown or cannot be written, in words for a person; empty when there is nothing to say
 * @param obstacle what stands in the way of writing it
 * @param options the sync options that hold for it
 */
public record Compared(
        ResourceKey key,
        Optional<Manifest> desired,
        Optional<ApiResource> resource,
        Optional<ObjectNode> live,
        Verdict verdict,
        List<Difference> differences,
        Ownership ownership,
        String message,
        Obstacle obstacle,
        ObjectOptions options) {
    /** Why an object may not be written, or not yet (SEMANTICS 7). */
    public enum Obstacle {
        none,
        /** The server cannot judge it before a Namespace or CustomResourceDefinition of the same set stands. */
        excused,
        /** The server cannot judge it before its own turn comes: it needs another object of the set, or its kind to be served. */
        deferred,
        /** This object fails, the others go on: no permission, or tracked by another application. */
        forbidden,
        /** The server could not judge it, and may be able to later: the whole sync ends with nothing written, and is tried again. */
        unanswered,
        /** The server rejects it: the whole sync ends with nothing written. */
        rejected,
        /** As rejected, but only for what the live object is: made anew, it would be taken. */
        immutable,
        /** As immutable, and its option {@code Force=true} lets it be deleted and created anew. */
        replaceable
    }

    public Compared {
        differences = List.copyOf(differences);
    }

    /** One for which only the default options hold. */
    public Compared(
            ResourceKey key,
            Optional<Manifest> desired,
            Optional<ApiResource> resource,
            Optional<ObjectNode> live,
            Verdict verdict,
            List<Difference> differences,
            Ownership ownership,
            String message,
            Obstacle obstacle) {
        this(
                key,
                desired,
                resource,
                live,
                verdict,
                differences,
                ownership,
                message,
                obstacle,
                desired.map(Manifest::content)
                        .or(() -> live)
                        .map(content -> ObjectOptions.of(content, ObjectOptions.NONE))
                        .orElse(ObjectOptions.NONE));
    }

    /** The same object, known by the key under which it was planned. */
    Compared under(ResourceKey other) {
        return new Compared(
                other, desired, resource, live, verdict, differences, ownership, message, obstacle, options);
    }

    /** The same object in another situation. */
    public Compared with(String otherMessage, Obstacle otherObstacle) {
        return new Compared(
                key, desired, resource, live, verdict, differences, ownership, otherMessage, otherObstacle, options);
    }

    /** Without the objects, which may be Secrets. */
    @Override
    public String toString() {
        return key + " " + verdict + (message.isEmpty() ? "" : ": " + message);
    }

    /** Whether a sync has something to write although nothing forces it to. */
    public boolean needsApply() {
        return desired.isPresent() && (verdict != Verdict.InSync || ownership == Ownership.repair);
    }
}

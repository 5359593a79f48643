package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.HookAnnotations;
import io.jenkins.plugins.gitops.engine.model.Phase;
import java.util.Comparator;
import java.util.Optional;

/** A place in the order of a sync: what is written in one wave waits for all earlier ones (SEMANTICS 5). */
record SyncWave(Phase phase, int wave) implements Comparable<SyncWave> {
    private static final Comparator<SyncWave> ORDER =
            Comparator.comparing(SyncWave::phase).thenComparingInt(SyncWave::wave);

    /** The wave as an object's annotations write it: sync-wave, for a hook also Helm's weight. */
    static Optional<String> written(JsonNode object) {
        return Annotations.read(object, "sync-wave").or(() -> helmWeight(object));
    }

    /** The same as a number; 0 when it is none. */
    static int of(JsonNode object) {
        try {
            return Integer.parseInt(written(object).orElse("0").strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    SyncWave earlierOf(SyncWave other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(SyncWave other) {
        return ORDER.compare(this, other);
    }

    private static Optional<String> helmWeight(JsonNode object) {
        return Hook.of(object).isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(object.path("metadata")
                        .path("annotations")
                        .path(HookAnnotations.HELM_WEIGHT)
                        .asText(null));
    }
}

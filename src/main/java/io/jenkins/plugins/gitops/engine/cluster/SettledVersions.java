package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Of which live objects a dry run found that a desired one changes nothing (SEMANTICS 4). It stays true for this version of the
 * live object, but for what the server may do to it otherwise tomorrow, by a new webhook, policy or schema: so it is
 * forgotten after an hour.
 *
 * <p>About 200 bytes for each object, 100,000 objects at most.
 */
public final class SettledVersions {
    private static final long MOST = 100_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cache<String, String> settled =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    public boolean contains(ObjectNode live, ObjectNode desired) {
        return version(live, desired).equals(settled.getIfPresent(uid(live)));
    }

    public void add(ObjectNode live, ObjectNode desired) {
        settled.put(uid(live), version(live, desired));
    }

    void forget() {
        settled.invalidateAll();
    }

    private static String uid(ObjectNode live) {
        return live.path("metadata").path("uid").asText();
    }

    /** The digest tells nothing of a Secret's values. */
    private static String version(ObjectNode live, ObjectNode desired) {
        String version = live.path("metadata").path("resourceVersion").asText();
        return version + " " + HexFormat.of().formatHex(Sha256.of(desired.toString()), 0, 16);
    }
}

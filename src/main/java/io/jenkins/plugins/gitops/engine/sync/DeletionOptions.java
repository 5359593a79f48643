package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;

/**
 * How an application is deleted.
 *
 * @param dryRun everything but the writes
 * @param keepObjects only the inventory goes, and with it every object's label; no hook runs
 * @param approved what may go although it must be confirmed, by the names of its objects
 */
public record DeletionOptions(boolean dryRun, boolean keepObjects, List<KeyPattern> approved) {
    public static final DeletionOptions DEFAULT = new DeletionOptions(false, false, List.of());

    public DeletionOptions {
        approved = List.copyOf(approved);
    }

    public boolean approves(ResourceKey key) {
        return approved.stream().anyMatch(pattern -> pattern.matches(key));
    }
}

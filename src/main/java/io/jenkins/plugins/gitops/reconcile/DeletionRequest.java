package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import java.io.Serializable;
import java.util.List;

/**
 * That an application is to be taken out of its cluster.
 *
 * @param hooks whether the checkout's PreDelete and PostDelete hooks run; without them the checkout is not read
 * @param keepObjects only the inventory goes, every object stays and belongs to no application any more
 * @param approved what may go although it must be confirmed
 */
public record DeletionRequest(boolean hooks, boolean keepObjects, List<KeyPattern> approved) implements Serializable {
    public DeletionRequest {
        approved = List.copyOf(approved);
    }

    DeletionOptions options() {
        return new DeletionOptions(false, keepObjects, approved);
    }
}

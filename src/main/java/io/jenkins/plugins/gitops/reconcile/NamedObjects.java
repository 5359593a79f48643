package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import java.io.Serializable;
import java.util.List;

/**
 * The objects that somebody named for one run.
 *
 * @param healed nothing else is written; empty for a sync of everything
 * @param approved what may be done although it must be confirmed
 */
public record NamedObjects(List<KeyPattern> healed, List<KeyPattern> approved) implements Serializable {
    public static final NamedObjects NONE = new NamedObjects(List.of(), List.of());

    public NamedObjects {
        healed = List.copyOf(healed);
        approved = List.copyOf(approved);
    }
}

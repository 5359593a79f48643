package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.UUID;

/**
 * One source, one destination and the policies between them (SEMANTICS 1).
 *
 * <p>Serializable, for it travels from the controller to an agent.
 *
 * @param uuid decides ownership; survives rename and move, a copy gets a new one
 */
public record Application(UUID uuid, String name, Source source, Destination destination, SyncPolicy sync)
        implements Serializable {
    public Application withSync(SyncPolicy other) {
        return new Application(uuid, name, source, destination, other);
    }
}

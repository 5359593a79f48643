package io.jenkins.plugins.gitops.engine.cluster;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;

/**
 * An object that an application made, and that is not any more what it was.
 *
 * @param application its UUID
 * @param manager who changed it, as the field managers of the object say; empty when they do not, as of a deleted object
 * @param ours whether this tool did it, in whatever process
 */
public record MemberChange(String application, ResourceKey object, Kind kind, String manager, boolean ours) {
    /** What became of it. */
    public enum Kind {
        added,
        changed,
        deleted
    }
}

package io.jenkins.plugins.gitops.watch;

import io.jenkins.plugins.gitops.engine.cluster.MemberChange;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A change, as an agent tells the controller of it.
 *
 * @param application its UUID
 * @param object for people
 * @param manager who did it; empty when nobody knows
 */
@Restricted(NoExternalUse.class)
public record WatchedChange(String application, String object, String manager, boolean deleted)
        implements Serializable {
    static WatchedChange of(MemberChange change) {
        return new WatchedChange(
                change.application(),
                change.object().toString(),
                change.manager(),
                change.kind() == MemberChange.Kind.deleted);
    }
}

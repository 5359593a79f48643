package io.jenkins.plugins.gitops.watch;

import java.io.Serializable;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a watch tells the controller; an agent holds a proxy of it. */
@Restricted(NoExternalUse.class)
public interface WatchSink extends Serializable {
    /** @param changes the objects of applications that are not what they were, since the last call; those of this tool are not among them */
    void changed(List<WatchedChange> changes);

    /**
     * How the watch goes on.
     *
     * @param kinds that are watched
     * @param problem why changes are not told at the moment; empty when they are
     */
    void standing(List<String> kinds, String problem);
}

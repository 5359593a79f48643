package io.jenkins.plugins.gitops.reconcile;

import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a node asks of the controller while it works; an agent holds a proxy of it. */
@Restricted(NoExternalUse.class)
public interface ReconcileSink extends Serializable {
    /**
     * Lines that the log shows only when somebody opens them, as text to be printed. Only the controller can sign that text,
     * and unsigned it would not be shown.
     */
    String fold(String caption, String[] lines);

    /** The newer revision that the source has by now, in words; empty while there is none. What it supersedes ends. */
    String newerRevision();

    /** The last word of a run that was interrupted: nobody waits for its result any more. */
    void stopped(ReconcileOutcome outcome);
}

package io.jenkins.plugins.gitops.step;

import hudson.model.Cause;
import hudson.model.Run;

/** A pipeline asked for the sync. A class of its own, so that it is told from a trigger after another project. */
public final class PipelineCause extends Cause.UpstreamCause {
    PipelineCause(Run<?, ?> pipeline) {
        super(pipeline);
    }
}

package io.jenkins.plugins.gitops.step;

import jenkins.model.CauseOfInterruption;

/** A sync was stopped, because the pipeline that waited for it was. */
public final class PipelineAborted extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    @Override
    public String getShortDescription() {
        return Messages.PipelineAborted_Description();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PipelineAborted;
    }

    @Override
    public int hashCode() {
        return PipelineAborted.class.hashCode();
    }
}

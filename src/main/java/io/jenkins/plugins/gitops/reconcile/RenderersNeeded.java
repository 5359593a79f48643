package io.jenkins.plugins.gitops.reconcile;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import java.io.File;
import java.util.HashSet;
import jenkins.agents.ControllerToAgentFileCallable;

/** Looks at a checkout for what must be there to render it. Run in the checkout. An EnumSet would not pass the channel. */
record RenderersNeeded(ReconcileRequest request) implements ControllerToAgentFileCallable<HashSet<RendererKind>> {
    @Override
    public HashSet<RendererKind> invoke(File checkout, VirtualChannel channel) {
        try {
            return new HashSet<>(RendererChoice.of(request.application().source(), request.tree(checkout.toPath())));
        } catch (InvalidInputException e) {
            // Rendering says so as well, where it becomes the build's error.
            return new HashSet<>();
        }
    }

    /** What remoting's thread names and errors show. */
    @Override
    public String toString() {
        return "GitOps looks how to render " + request.application().name();
    }
}

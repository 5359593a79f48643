package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.DescribableList;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** The triggers of an application while it is loaded: each that is configured is started, each that goes is stopped first. */
final class ApplicationTriggers {
    private final GitOpsApplication application;
    private final DescribableList<Trigger<?>, TriggerDescriptor> configured;

    /** @param configured what the application saves */
    ApplicationTriggers(GitOpsApplication application, DescribableList<Trigger<?>, TriggerDescriptor> configured) {
        this.application = application;
        this.configured = configured;
    }

    Map<TriggerDescriptor, Trigger<?>> byDescriptor() {
        return configured.toMap();
    }

    @CheckForNull
    <T extends Trigger<?>> T get(Class<T> type) {
        return configured.get(type);
    }

    /** @param newInstance whether the configuration is new, and not only read again */
    void restart(boolean newInstance) {
        stop();
        for (Trigger<?> trigger : configured) {
            start(trigger, newInstance);
        }
    }

    void stop() {
        for (Trigger<?> trigger : configured) {
            trigger.stop();
        }
    }

    /** Adds one, or replaces the one of its kind. */
    void add(Trigger<?> trigger) throws IOException {
        Trigger<?> old = configured.get(trigger.getDescriptor());
        if (old != null) {
            old.stop();
        }
        configured.replace(trigger);
        start(trigger, true);
    }

    /** Takes these in place of all that are configured. */
    void replace(List<Trigger<?>> wanted) throws IOException {
        stop();
        configured.replaceBy(wanted);
        for (Trigger<?> trigger : configured) {
            start(trigger, true);
        }
    }

    /** Takes what the configuration form says. */
    void rebuild(StaplerRequest2 req, JSONObject json) throws IOException, Descriptor.FormException {
        stop();
        configured.rebuild(req, json, Trigger.for_(application));
        for (Trigger<?> trigger : configured) {
            start(trigger, true);
        }
    }

    @SuppressWarnings("unchecked")
    private void start(Trigger<?> trigger, boolean newInstance) {
        ((Trigger<GitOpsApplication>) trigger).start(application, newInstance);
    }
}

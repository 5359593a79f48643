package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.triggers.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** What triggers add to an application's page, such as the polling log. */
@Extension
public final class TriggerActions extends TransientActionFactory<GitOpsApplication> {
    @Override
    public Class<GitOpsApplication> type() {
        return GitOpsApplication.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull GitOpsApplication application) {
        List<Action> actions = new ArrayList<>();
        for (Trigger<?> trigger : application.getTriggers().values()) {
            actions.addAll(trigger.getProjectActions());
        }
        return actions;
    }
}

package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives every application its drift page and its history. */
@Extension
public final class ApplicationActions extends TransientActionFactory<GitOpsApplication> {
    @Override
    public Class<GitOpsApplication> type() {
        return GitOpsApplication.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull GitOpsApplication application) {
        return List.of(new ApplicationDriftAction(application), new SyncHistoryAction(application));
    }
}

package io.jenkins.plugins.gitops.application;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Action;
import hudson.model.BuildListener;
import hudson.model.Node;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.RevisionParameterAction;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.scm.GenericSCMStep;

/**
 * Checks a build's source out. Only a sync moves what polling compares with: whatever an SCM notes on another build is taken
 * off again, or polling would find nothing new, and a commit that a check happened to see would never be synced.
 */
final class SourceCheckout {
    private static final List<String> REVISION_VARIABLES =
            List.of(GitSCM.GIT_COMMIT, "MERCURIAL_REVISION", "SVN_REVISION");

    private final GitOpsRun run;
    private final FilePath workspace;
    private final BuildListener listener;

    SourceCheckout(GitOpsRun run, FilePath workspace, BuildListener listener) {
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
    }

    /**
     * A sync and a dry run take what the SCM has; a check and a deletion take what was synced last, where the SCM can.
     *
     * @return the full commit id; empty where the SCM has no such id
     */
    String checkOut(Node node) throws Exception {
        SCM scm = run.getParent().getScm();
        Launcher launcher = node.createLauncher(listener);
        if (run.isSync()) {
            new GenericSCMStep(scm).checkout(run, workspace, listener, launcher);
            return revision(scm);
        }
        Set<Action> before = Collections.newSetFromMap(new IdentityHashMap<>());
        before.addAll(run.getActions());
        pin(scm).ifPresent(run::addAction);
        GenericSCMStep step = new GenericSCMStep(scm);
        step.setPoll(false);
        step.setChangelog(false);
        try {
            step.checkout(run, workspace, listener, launcher);
            return revision(scm);
        } finally {
            forget(before);
        }
    }

    /**
     * The revision that a check compares with, and whose hooks a deletion runs; empty when the build brought its own, or
     * nothing was synced yet.
     */
    private Optional<Action> pin(SCM scm) {
        String synced = run.getParent().getLastSyncedRevision();
        boolean pinned = run.getAction(RevisionParameterAction.class) != null;
        return run.getMode() != ReconcileMode.dryRun && scm instanceof GitSCM && synced != null && !pinned
                ? Optional.of(new RevisionParameterAction(synced))
                : Optional.empty();
    }

    private void forget(Set<Action> before) {
        for (Action action : List.copyOf(run.getActions())) {
            if (!before.contains(action)) {
                run.removeAction(action);
            }
        }
        // The next sync looks for where its changes begin on the build just before it.
        GitOpsRun previous = run.getPreviousBuild();
        if (previous != null) {
            previous.getActions(SCMRevisionState.class).forEach(run::addAction);
        }
    }

    private String revision(SCM scm) {
        Map<String, String> environment = new HashMap<>();
        scm.buildEnvironment(run, environment);
        return REVISION_VARIABLES.stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}

package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Prunes all that an application made: a sync to nothing. What may not be pruned stays, and then the item stays too. */
final class Removal {
    private static final Logger LOGGER = Logger.getLogger(Removal.class.getName());

    private final GitOpsApplication application;

    Removal(GitOpsApplication application) {
        this.application = application;
    }

    /** @param destination where to */
    Result prune(Destination destination, Reconciliation reconciliation, FilePath workspace)
            throws IOException, InterruptedException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new AbortException(Messages.Reconciliation_NoWorkspace());
        }
        FilePath nothing = temporary.child("gitops-nothing");
        nothing.mkdirs();
        nothing.deleteContents();
        return reconciliation
                .write(toNothing().withDestination(destination), nothing)
                .result();
    }

    private Application toNothing() {
        Application engine = application.toEngineApplication();
        SyncPolicy policy = engine.sync();
        return new Application(
                engine.uuid(),
                engine.name(),
                new Source("", "", "", true, List.of(), List.of()),
                engine.destination(),
                new SyncPolicy(
                        true,
                        policy.pruneNamespaces(),
                        policy.pruneCustomResourceDefinitions(),
                        true,
                        policy.adopt(),
                        false,
                        policy.awaitHealth(),
                        policy.timeout(),
                        policy.options(),
                        policy.retry(),
                        policy.lock(),
                        policy.hooks()));
    }

    /** Deletes the item once its objects are gone; not inside the build, for a build cannot outlive its item. */
    @Extension
    public static final class Listener extends RunListener<GitOpsRun> {
        @Override
        public void onFinalized(@NonNull GitOpsRun run) {
            if (run.getAction(RemovalAction.class) != null && run.getResult() == Result.SUCCESS) {
                Timer.get().execute(() -> delete(run.getParent()));
            }
        }

        private static void delete(GitOpsApplication application) {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                application.delete();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> application.getFullName() + " is pruned but cannot be deleted");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

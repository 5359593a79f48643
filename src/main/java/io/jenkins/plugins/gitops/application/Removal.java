package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.BuildListener;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.reconcile.DeletionRequest;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Takes an application out of its cluster, by its inventory: out of where it is before the item is deleted, or out of where it
 * was before it moved. What waits for an approval stays, and then the item stays too.
 */
final class Removal {
    private static final Logger LOGGER = Logger.getLogger(Removal.class.getName());

    private final GitOpsRun run;
    private final Reconciliation reconciliation;
    private final BuildListener listener;

    Removal(GitOpsRun run, Reconciliation reconciliation, BuildListener listener) {
        this.run = run;
        this.reconciliation = reconciliation;
        this.listener = listener;
    }

    /** At the present destination, with the hooks of what was synced last. */
    Result remove(RemovalAction action, Node node, FilePath workspace) throws Exception {
        boolean hooks = action.runsHooks() && run.getParent().getLastSyncedRevision() != null;
        if (hooks) {
            reconciliation.checkOut(node, workspace);
        } else if (action.runsHooks()) {
            listener.getLogger().println(Messages.Removal_NoHooks());
        }
        Result result = delete(run.getParent().toEngineApplication(), action.request(hooks), workspace);
        if (result != Result.SUCCESS) {
            listener.getLogger()
                    .println(result == Result.UNSTABLE ? Messages.Removal_Waits() : Messages.Removal_Failed());
        }
        return result;
    }

    /** At a former destination. The application goes on elsewhere, so what it does when it is deleted is not due. */
    Result prune(Destination former, FilePath workspace) throws IOException, InterruptedException {
        DeletionRequest everything = new DeletionRequest(false, false, List.of());
        return delete(run.getParent().toEngineApplication().withDestination(former), everything, workspace);
    }

    private Result delete(Application engine, DeletionRequest deletion, FilePath workspace)
            throws IOException, InterruptedException {
        workspace.mkdirs();
        return reconciliation.delete(engine, deletion, workspace).result();
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
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> application.getFullName() + " is out of its cluster but cannot be deleted");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

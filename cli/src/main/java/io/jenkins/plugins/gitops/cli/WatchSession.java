package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterWatch;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;

/** A connection to the cluster and the watch on it; after a failure both are made anew. Used by one thread. */
final class WatchSession implements AutoCloseable {
    private final Cluster cluster;
    private final Application application;
    private final Trigger trigger;
    private final Reconciler reconciler;
    private ClusterWatch watch;

    /** Takes the connection over: closing the session closes it. */
    WatchSession(Cluster cluster, Application application, Trigger trigger, RenderTools tools) {
        this.cluster = cluster;
        this.application = application;
        this.trigger = trigger;
        this.reconciler = new Reconciler(cluster, ClusterOptions.CONTROLLER, Permissions.ALL, tools);
    }

    Rendered render(SourceTree tree) {
        return reconciler.render(application, tree);
    }

    DriftReport diff(String revision, Rendered wanted, Observations before) {
        if (watch == null) {
            // Before the comparison, so that nothing can happen between the two unseen.
            watch = reconciler.watch(application, key -> trigger.fire());
        }
        return reconciler.compare(application, revision, wanted).drift(before);
    }

    /** The kinds that a sync adds are watched from the next comparison on. */
    SyncReport sync(String revision, Rendered wanted, SyncOptions options) {
        endWatch();
        return reconciler.sync(application, revision, wanted, options, SyncListener.SILENT);
    }

    private void endWatch() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    @Override
    public void close() {
        endWatch();
        cluster.close();
    }
}

package io.jenkins.plugins.gitops.watch;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import jenkins.model.Jenkins;

/** Manage Jenkins, GitOps watches: how the watches on clusters stand. */
@Extension
public final class ClusterWatchesLink extends ManagementLink {
    @Override
    public String getIconFileName() {
        return "symbol-gitops-application plugin-gitops";
    }

    @Override
    public String getDisplayName() {
        return Messages.ClusterWatchesLink_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.ClusterWatchesLink_Description();
    }

    @Override
    public String getUrlName() {
        return "gitops-watches";
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    public List<WatchState> getStates() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        return ClusterWatches.get().states();
    }

    public String since(WatchState state) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .format(state.since().atZone(ZoneId.systemDefault()));
    }

    public String kinds(WatchState state) {
        return String.join(", ", state.kinds());
    }

    public String words(WatchState state) {
        return switch (state.phase()) {
            case starting -> Messages.ClusterWatchesLink_Starting();
            case watching -> Messages.ClusterWatchesLink_Watching();
            case reconnecting -> Messages.ClusterWatchesLink_Reconnecting();
            case waiting -> Messages.ClusterWatchesLink_Waiting();
        };
    }
}

package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.BallColor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.RunMap;
import hudson.model.TopLevelItem;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import hudson.search.SearchIndexBuilder;
import java.io.IOException;
import java.util.List;
import jenkins.model.BlockedBecauseOfBuildInProgress;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.lazy.LazyBuildMixIn;
import org.kohsuke.stapler.export.Exported;

/**
 * What Jenkins asks of every job whose builds are loaded lazily and run one at a time on a node: plumbing that knows nothing
 * of applications. It holds nothing that is saved.
 */
public abstract sealed class ApplicationJob extends Job<GitOpsApplication, GitOpsRun>
        implements TopLevelItem,
                LazyBuildMixIn.LazyLoadingJob<GitOpsApplication, GitOpsRun>,
                ParameterizedJobMixIn.ParameterizedJob<GitOpsApplication, GitOpsRun>,
                Queue.Task
        permits GitOpsApplication {
    private transient LazyBuildMixIn<GitOpsApplication, GitOpsRun> buildMixIn = new BuildMixIn();

    ApplicationJob(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    @Override
    public void onCreatedFromScratch() {
        super.onCreatedFromScratch();
        buildMixIn.onCreatedFromScratch();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        // XStream calls no constructor.
        buildMixIn = buildMixIn == null ? new BuildMixIn() : buildMixIn;
        buildMixIn.onLoad(parent, name);
    }

    // ---- builds on disk

    @Override
    public LazyBuildMixIn<GitOpsApplication, GitOpsRun> getLazyBuildMixIn() {
        return buildMixIn;
    }

    @Override
    protected RunMap<GitOpsRun> _getRuns() {
        return buildMixIn._getRuns();
    }

    @Override
    protected void removeRun(GitOpsRun run) {
        buildMixIn.removeRun(run);
    }

    @Override
    @Deprecated
    public GitOpsRun getBuild(String id) {
        return buildMixIn.getBuild(id);
    }

    @Override
    public GitOpsRun getBuildByNumber(int number) {
        return buildMixIn.getBuildByNumber(number);
    }

    @Override
    public GitOpsRun getFirstBuild() {
        return buildMixIn.getFirstBuild();
    }

    @Override
    public GitOpsRun getLastBuild() {
        return buildMixIn.getLastBuild();
    }

    @Override
    public GitOpsRun getNearestBuild(int number) {
        return buildMixIn.getNearestBuild(number);
    }

    @Override
    public GitOpsRun getNearestOldBuild(int number) {
        return buildMixIn.getNearestOldBuild(number);
    }

    @Override
    protected List<GitOpsRun> getEstimatedDurationCandidates() {
        return buildMixIn.getEstimatedDurationCandidates();
    }

    // ---- builds to come

    /** Covariant: without it a build cannot be made at run time. */
    @Override
    public GitOpsRun createExecutable() throws IOException {
        return isDisabled() ? null : buildMixIn.newBuild();
    }

    @CheckForNull
    @Override
    public QueueTaskFuture<GitOpsRun> scheduleBuild2(int quietPeriod, Action... actions) {
        return ParameterizedJobMixIn.ParameterizedJob.super.scheduleBuild2(quietPeriod, actions);
    }

    @Exported
    @Override
    public boolean isBuildable() {
        return ParameterizedJobMixIn.ParameterizedJob.super.isBuildable();
    }

    @Override
    public CauseOfBlockage getCauseOfBlockage() {
        GitOpsRun last = getLastBuild();
        return last != null && last.isLogUpdated() ? new BlockedBecauseOfBuildInProgress(last) : null;
    }

    @Override
    public boolean isConcurrentBuild() {
        return false;
    }

    @Override
    public Object getSameNodeConstraint() {
        return null;
    }

    @CheckForNull
    @Override
    public Node getLastBuiltOn() {
        GitOpsRun last = getLastBuild();
        return last == null ? null : last.getBuiltOn();
    }

    @Exported
    @Override
    public boolean isInQueue() {
        return Jenkins.get().getQueue().contains(this);
    }

    @CheckForNull
    @Exported
    @Override
    public Queue.Item getQueueItem() {
        return Jenkins.get().getQueue().getItem(this);
    }

    // ---- item

    @Override
    public boolean supportsMakeDisabled() {
        return true;
    }

    @Override
    public BallColor getIconColor() {
        if (isDisabled()) {
            return isBuilding() ? BallColor.DISABLED_ANIME : BallColor.DISABLED;
        }
        return super.getIconColor();
    }

    @Override
    protected SearchIndexBuilder makeSearchIndex() {
        return getParameterizedJobMixIn().extendSearchIndex(super.makeSearchIndex());
    }

    private final class BuildMixIn extends LazyBuildMixIn<GitOpsApplication, GitOpsRun> {
        @Override
        protected GitOpsApplication asJob() {
            return (GitOpsApplication) ApplicationJob.this;
        }

        @Override
        protected Class<GitOpsRun> getBuildClass() {
            return GitOpsRun.class;
        }
    }
}

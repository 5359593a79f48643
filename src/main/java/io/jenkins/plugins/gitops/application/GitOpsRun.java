package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.BuildListener;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.scm.ChangeLogSet;
import io.jenkins.plugins.gitops.field.ShortRevision;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.File;
import java.io.IOException;
import java.text.DateFormat;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.model.lazy.BuildReference;
import jenkins.model.lazy.LazyBuildMixIn;
import jenkins.scm.RunWithSCM;
import org.kohsuke.stapler.export.Exported;

/** One reconcile of an application: a sync, a check or a dry run. */
public final class GitOpsRun extends Run<GitOpsApplication, GitOpsRun>
        implements Queue.Executable,
                LazyBuildMixIn.LazyLoadingRun<GitOpsApplication, GitOpsRun>,
                RunWithSCM<GitOpsApplication, GitOpsRun> {
    /** So many builds are looked at for who may have broken the last of them. */
    private static final int CULPRITS_OF = 50;

    private final transient RunLinks links = new RunLinks();

    private ReconcileMode mode;
    private String revision;

    /** As reports name it, when that is more than the revision of the checkout. */
    private String reported;

    private String node;
    private Checkout checkout;
    private boolean writing;
    private boolean unchanged;
    private String findings;
    private boolean healed;
    private List<String> fights;
    private transient boolean fightsKnown;
    private Repeated repeated;
    private Set<String> culprits;
    private transient List<ChangeLogSet<? extends ChangeLogSet.Entry>> changeSets;

    /** A new build. */
    public GitOpsRun(GitOpsApplication job) throws IOException {
        super(job);
    }

    /** A build that is on disk. */
    public GitOpsRun(GitOpsApplication job, File folder) throws IOException {
        super(job, folder);
    }

    @Override
    public void run() {
        execute(new Execution());
    }

    // ---- what it did

    /** What it does. While the build is queued the mode may still become a stronger one. */
    @Exported
    @NonNull
    public ReconcileMode getMode() {
        if (mode != null) {
            return mode;
        }
        ModeAction action = getAction(ModeAction.class);
        return action == null ? ReconcileMode.sync : action.getMode();
    }

    /** Whether it brings what Git has to the cluster: polling compares with that, and with nothing else. */
    boolean isSync() {
        return getMode() == ReconcileMode.sync
                && getAction(RemovalAction.class) == null
                && getAction(RollbackRequest.class) == null
                && getAction(FormerDestination.class) == null;
    }

    /** The full commit id that it compared or applied; empty before the checkout, or where the SCM has no such id. */
    @Exported
    @NonNull
    public String getRevision() {
        return Util.fixNull(revision);
    }

    /** The same, and before it the version of the chart that was rendered, where there is one. */
    @Exported
    public String getShownRevision() {
        return reported == null ? getRevision() : reported;
    }

    void setReported(String revisions) {
        reported = revisions.isEmpty() || revisions.equals(revision) ? null : revisions;
    }

    void setRevision(String revision) {
        this.revision = revision;
    }

    /** Whether it was a check that found drift and applied the last synced revision again. */
    @Exported
    public boolean isHealed() {
        return healed;
    }

    void setHealed(boolean healed) {
        this.healed = healed;
    }

    /** Whether it was a sync to which a new commit brought nothing: no file that the application reads differs. */
    @Exported
    public boolean isUnchanged() {
        return unchanged;
    }

    void setUnchanged(boolean unchanged) {
        this.unchanged = unchanged;
    }

    /** A digest of all that a routine build found, however often it is found; null when this build is none. */
    @CheckForNull
    String getFindings() {
        return findings;
    }

    void setFindings(@CheckForNull String findings) {
        this.findings = findings;
    }

    /** Which objects it did not heal, because somebody else keeps changing them back; for people. */
    @Exported
    @NonNull
    public List<String> getFights() {
        return fights == null ? List.of() : List.copyOf(fights);
    }

    /** Whether it knows what is fought for, be it nothing: not when it could not look, or a window kept it from healing. */
    boolean knowsFights() {
        return fightsKnown;
    }

    void setFights(List<String> fights) {
        this.fightsKnown = true;
        this.fights = fights.isEmpty() ? null : new ArrayList<>(fights);
    }

    /** Whether it is one that changes the cluster, or did. */
    public boolean wrote() {
        return writing || healed || getMode() == ReconcileMode.sync;
    }

    /** Whether it began to write and has not said how that ended. */
    boolean isWriting() {
        return writing;
    }

    void setWriting(boolean writing) {
        this.writing = writing;
    }

    /** Earlier checks with the same findings that became this build; null when none. */
    @CheckForNull
    public Repeated getRepeated() {
        return repeated;
    }

    void setRepeated(Repeated repeated) {
        this.repeated = repeated;
    }

    /** One line for people: what it did, to which revision. */
    public String getWhat() {
        String shortened =
                getShownRevision().isEmpty() ? Messages.GitOpsRun_NoRevision() : ShortRevision.of(getShownRevision());
        return switch (getMode()) {
            case sync -> {
                RemovalAction removal = getAction(RemovalAction.class);
                if (removal != null) {
                    yield removal.keepsObjects() ? Messages.GitOpsRun_Release() : Messages.GitOpsRun_Removal();
                }
                RollbackRequest rollback = getAction(RollbackRequest.class);
                if (rollback != null) {
                    yield rollback.words();
                }
                FormerDestination former = getAction(FormerDestination.class);
                if (former != null) {
                    yield Messages.GitOpsRun_Former(
                            former.destination().cluster(), former.destination().namespace());
                }
                yield unchanged ? Messages.GitOpsRun_Unchanged(shortened) : Messages.GitOpsRun_Sync(shortened);
            }
            case check -> healed ? Messages.GitOpsRun_Healed(shortened) : Messages.GitOpsRun_Check(shortened);
            case dryRun -> Messages.GitOpsRun_DryRun(shortened);
        };
    }

    /** When the first of the checks that are this build began, for people. */
    public String getRepeatedSince() {
        return repeated == null
                ? ""
                : DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.MEDIUM)
                        .format(Date.from(repeated.getFirstSeen()));
    }

    /** Whether what it applied is kept, so that it can be gone back to. */
    @Exported
    public boolean isRestorable() {
        try {
            return new AppliedSets(getParent()).of(this).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    // ---- where it ran and what it checked out

    /** The node on which it ran; null before it started, or when the node is gone. */
    @CheckForNull
    public Node getBuiltOn() {
        if (node == null) {
            return null;
        }
        return node.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(node);
    }

    /** The name of that node; empty for the built-in one. */
    @Exported(name = "builtOn")
    @CheckForNull
    public String getBuiltOnStr() {
        return node;
    }

    void setBuiltOn(Node node) {
        this.node = node.getNodeName();
    }

    @CheckForNull
    synchronized Checkout getCheckout() {
        return checkout;
    }

    synchronized void setCheckout(Checkout checkout) {
        this.checkout = checkout;
        this.changeSets = null;
    }

    @NonNull
    @Exported
    @Override
    public synchronized List<ChangeLogSet<? extends ChangeLogSet.Entry>> getChangeSets() {
        if (changeSets == null) {
            changeSets = checkout == null ? List.of() : checkout.changeSets(this);
        }
        return changeSets;
    }

    @Override
    public boolean shouldCalculateCulprits() {
        return culprits == null;
    }

    @CheckForNull
    @Override
    public Set<String> getCulpritIds() {
        if (culprits != null || isBuilding()) {
            return culprits;
        }
        culprits = calculateCulprits().stream().map(User::getId).collect(Collectors.toCollection(TreeSet::new));
        return culprits;
    }

    /**
     * As Jenkins does it, but build after build, and not for ever: an application may be out of sync, or its cluster out of
     * reach, for thousands of builds, and all of them would be read.
     */
    @NonNull
    @Override
    public Set<User> calculateCulprits() {
        Set<User> authors = new HashSet<>();
        GitOpsRun run = this;
        for (int seen = 0; run != null && seen < CULPRITS_OF; seen++) {
            for (ChangeLogSet<? extends ChangeLogSet.Entry> changes : run.getChangeSets()) {
                for (ChangeLogSet.Entry change : changes) {
                    authors.add(change.getAuthor());
                }
            }
            GitOpsRun before = run.getPreviousCompletedBuild();
            Result result = before == null ? null : before.getResult();
            run = result != null && result.isWorseThan(Result.SUCCESS) ? before : null;
        }
        return authors;
    }

    @NonNull
    @Exported
    @Override
    public Set<User> getCulprits() {
        return RunWithSCM.super.getCulprits();
    }

    // ---- a build among others

    @Override
    public LazyBuildMixIn.RunMixIn<GitOpsApplication, GitOpsRun> getRunMixIn() {
        return links;
    }

    @Override
    protected BuildReference<GitOpsRun> createReference() {
        return links.createReference();
    }

    @Override
    protected void dropLinks() {
        links.dropLinks();
    }

    @CheckForNull
    @Exported
    @Override
    public GitOpsRun getPreviousBuild() {
        return links.getPreviousBuild();
    }

    @CheckForNull
    @Exported
    @Override
    public GitOpsRun getNextBuild() {
        return links.getNextBuild();
    }

    /** The last sync is what checks compare with, and polling has its baseline in the last attempt. */
    @CheckForNull
    @Override
    public String getWhyKeepLog() {
        String why = super.getWhyKeepLog();
        return why != null ? why : getParent().whyKeep(getNumber());
    }

    private final class RunLinks extends LazyBuildMixIn.RunMixIn<GitOpsApplication, GitOpsRun> {
        @Override
        protected GitOpsRun asRun() {
            return GitOpsRun.this;
        }
    }

    private final class Execution extends RunExecution {
        @NonNull
        @Override
        public Result run(@NonNull BuildListener listener) throws Exception {
            save();
            mode = getMode();
            try {
                return new Reconciliation(GitOpsRun.this, listener).reconcile();
            } catch (IOException | RuntimeException e) {
                tell(e);
                throw e;
            }
        }

        private void tell(Exception failure) {
            try {
                Reports.fail(GitOpsRun.this, Util.fixNull(failure.getMessage(), failure.toString()));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }

        @Override
        public void post(@NonNull BuildListener listener) {
            // Nothing is configured to happen after a reconcile.
        }

        @Override
        public void cleanUp(@NonNull BuildListener listener) {
            // The workspace stays: the next fetch is incremental.
        }
    }
}

package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.ChangeLogParser;
import hudson.scm.NullChangeLogParser;
import hudson.scm.PollingResult;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import hudson.scm.SCMRevisionState;
import java.io.File;
import java.io.IOException;
import org.jvnet.hudson.test.TestExtension;

/** An SCM that is no Git: a folder and a number that grows with it. It polls by looking into the workspace, as some do. */
public final class CountedFolder extends SCM {
    private static final String COUNTER = "COUNTER";

    private final String folder;

    public CountedFolder(String folder) {
        this.folder = folder;
    }

    /** What the workspace holds. */
    public static final class Counted extends SCMRevisionState {
        final String counter;

        Counted(String counter) {
            this.counter = counter;
        }
    }

    @Override
    public void checkout(
            @NonNull Run<?, ?> build,
            @NonNull Launcher launcher,
            @NonNull FilePath workspace,
            @NonNull TaskListener listener,
            File changelogFile,
            SCMRevisionState baseline)
            throws IOException, InterruptedException {
        workspace.deleteContents();
        new FilePath(new File(folder)).copyRecursiveTo(workspace);
    }

    @Override
    public SCMRevisionState calcRevisionsFromBuild(
            @NonNull Run<?, ?> build, FilePath workspace, Launcher launcher, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        return new Counted(workspace.child(COUNTER).readToString());
    }

    @Override
    public PollingResult compareRemoteRevisionWith(
            @NonNull Job<?, ?> project,
            Launcher launcher,
            FilePath workspace,
            @NonNull TaskListener listener,
            @NonNull SCMRevisionState baseline)
            throws IOException, InterruptedException {
        String here = workspace.child(COUNTER).readToString();
        String there = new FilePath(new File(folder)).child(COUNTER).readToString();
        return here.equals(there) && ((Counted) baseline).counter.equals(there)
                ? PollingResult.NO_CHANGES
                : PollingResult.SIGNIFICANT;
    }

    @Override
    public boolean requiresWorkspaceForPolling() {
        return true;
    }

    @Override
    public ChangeLogParser createChangeLogParser() {
        return new NullChangeLogParser();
    }

    @TestExtension
    public static final class DescriptorImpl extends SCMDescriptor<CountedFolder> {
        public DescriptorImpl() {
            super(CountedFolder.class, null);
        }

        @Override
        public boolean isApplicable(Job project) {
            return true;
        }
    }
}

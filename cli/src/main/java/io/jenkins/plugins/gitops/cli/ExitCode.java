package io.jenkins.plugins.gitops.cli;

/** What the process ends with (SEMANTICS 10). */
final class ExitCode {
    static final int DONE = 0;
    /** Drift was found, or an object is not healthy, or a sync failed. */
    static final int DIFFERENT = 1;
    /** Options, files or manifests are wrong. */
    static final int INPUT = 2;
    /** The cluster, the Git server or the network did not answer as it must. */
    static final int CLUSTER = 3;
    /** A rule forbade it; nothing was written. */
    static final int REFUSED = 4;
    /** A defect of this program; what sysexits.h calls EX_SOFTWARE. */
    static final int DEFECT = 70;
    /** The output could not be written; what sysexits.h calls EX_IOERR. */
    static final int OUTPUT = 74;
    /** Stopped by SIGINT, as shells say it: 128 + 2. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}

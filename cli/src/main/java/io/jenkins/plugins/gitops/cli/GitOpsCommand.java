package io.jenkins.plugins.gitops.cli;

import java.util.concurrent.Callable;

/** One command. It returns the exit code, or throws what {@link Failures} turns into a message and an exit code. */
interface GitOpsCommand extends Callable<Integer> {
    CommonOptions common();
}

package io.jenkins.plugins.gitops.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gitops completion}: a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(gitops completion)", "  gitops completion > /etc/bash_completion.d/gitops"})
final class CompletionCommand implements GitOpsCommand {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash("gitops", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}

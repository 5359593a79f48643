package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.history.DamagedException;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into one message on stderr, with {@code -o json} one document on stdout, and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** The document that stands for a result where there is none. */
    record Document(Details error) {
        record Details(String message, int exitCode, List<Problem> problems) {}
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        CommonOptions common =
                command.getCommand() instanceof GitOpsCommand known ? known.common() : new CommonOptions();
        if (common.debug()) {
            thrown.printStackTrace(console.err());
        }
        int exitCode = exitCode(thrown);
        List<Problem> problems = thrown instanceof InvalidInputException invalid ? invalid.problems() : List.of();
        return report(message(thrown, common), exitCode, problems, common.json());
    }

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        String message = thrown.getMessage();
        String name = command.getCommandSpec().qualifiedName();
        int code =
                report(message, ExitCode.INPUT, List.of(new Problem("command line", message)), asksForJson(arguments));
        UnmatchedArgumentException.printSuggestions(thrown, command.getErr());
        console.err().println("See " + name + " --help.");
        return code;
    }

    private int report(String message, int exitCode, List<Problem> problems, boolean json) {
        Style style = console.errorStyle();
        console.err().println(style.red("Error: ") + message);
        if (json) {
            console.out().println(ReportJson.pretty(new Document(new Document.Details(message, exitCode, problems))));
        }
        console.err().flush();
        console.out().flush();
        return exitCode;
    }

    private static int exitCode(Exception thrown) {
        if (thrown instanceof GitOpsException expected) {
            return expected.exitCode();
        }
        if (thrown instanceof DamagedException) {
            return ExitCode.INPUT;
        }
        return thrown instanceof CancelledException ? ExitCode.INTERRUPTED : ExitCode.DEFECT;
    }

    private static String message(Exception thrown, CommonOptions common) {
        if (thrown instanceof CancelledException) {
            return "Stopped before anything was written.";
        }
        if (thrown instanceof GitOpsException || thrown instanceof DamagedException) {
            return thrown.getMessage();
        }
        String hint = common.debug() ? "" : " Run again with --debug for where it happened, and report it.";
        return "This should not have happened: " + thrown + "." + hint;
    }

    private static boolean asksForJson(String[] arguments) {
        String all = String.join(" ", Arrays.asList(arguments));
        return all.matches("(?s).*(^| )(-o[ =]?|--output[ =])json( .*)?");
    }
}

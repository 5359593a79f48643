package io.jenkins.plugins.gitops.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code gitops}: finds the subcommand, and ends the process with its exit code. */
@Command(
        name = "gitops",
        versionProvider = Main.Version.class,
        description = "Git says what should run; gitops makes it so, and reports what differs.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with:",
            "  gitops diff --source . --name shop --namespace shop",
            "  gitops sync --app gitops.yaml --prune",
            "",
            "Every command explains itself: gitops COMMAND --help"
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    public static void main(String[] arguments) {
        quieten(arguments);
        Stop stop = new Stop(Thread.currentThread());
        stop.onSignal();
        ProcessOutput output = ProcessOutput.ofStdout();
        PrintStream out = output.stream();
        System.setOut(out);
        int code = run(Console.ofProcess(out), stop, arguments);
        out.flush();
        System.exit(stop.ended(whole(output, code)));
    }

    /** A result that did not reach its reader is none. */
    private static int whole(ProcessOutput output, int code) {
        if (output.failure().isEmpty()) {
            return code;
        }
        System.err.println(
                "Error: the output could not be written: " + output.failure().get());
        return code == ExitCode.DONE || code == ExitCode.DIFFERENT ? ExitCode.OUTPUT : code;
    }

    /** Runs one command line in this process. Interrupt the calling thread to stop it. */
    static int run(Console console, Stop stop, String... arguments) {
        Failures failures = new Failures(console);
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new RenderCommand(console))
                .addSubcommand(new PlanCommand(console))
                .addSubcommand(new DiffCommand(console))
                .addSubcommand(new SyncCommand(console))
                .addSubcommand(new DeleteCommand(console))
                .addSubcommand(new HistoryCommand(console))
                .addSubcommand(new AuditCommand(console))
                .addSubcommand(new RollbackCommand(console))
                .addSubcommand(new PinCommand(console))
                .addSubcommand(new UnpinCommand(console))
                .addSubcommand(new WindowsCommand(console))
                .addSubcommand(new HealthCommand(console))
                .addSubcommand(new TreeCommand(console))
                .addSubcommand(new WatchCommand(console, stop))
                .addSubcommand(new ImportCommand(console))
                .addSubcommand(new CompletionCommand(console));
        commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(console.style().colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(110)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        return commands.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
    }

    /** The libraries' loggers have nothing to say that our own messages do not say better. */
    private static void quieten(String... arguments) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.OFF);
        for (String argument : arguments) {
            if (argument.equals("--debug")) {
                root.setLevel(Level.INFO);
                root.addHandler(new ConsoleHandler());
            }
        }
    }

    /** The jar knows which version it is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "gitops " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}

package io.jenkins.plugins.gitops.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The world around the process. Results go to {@code out}; progress, warnings and errors go to {@code err}, so that a
 * pipe never gets them.
 *
 * @param outIsTerminal a person reads {@code out}: colour is wanted there
 * @param errIsTerminal a person reads {@code err}: live progress is wanted there
 */
record Console(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Path workingFolder,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    /** The launcher asks the shell which streams are terminals, because Java 21 cannot tell them apart. */
    static Console ofProcess(PrintStream out) {
        return new Console(
                out,
                System.err,
                System.in,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Boolean.getBoolean("gitops.out.terminal"),
                Boolean.getBoolean("gitops.err.terminal"));
    }

    /** Colours for {@code out}; none when it is no terminal or <a href="https://no-color.org">NO_COLOR</a> is set. */
    Style style() {
        return new Style(outIsTerminal && noColour().isEmpty());
    }

    Style errorStyle() {
        return new Style(errIsTerminal && noColour().isEmpty());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** A folder of the XDG base directory specification: the variable's value, else the fallback below the home. */
    Path folder(String variable, String belowHome) {
        Path base = variable(variable)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(variable("HOME").orElse(System.getProperty("user.home")), belowHome));
        return base.resolve("gitops");
    }

    private Optional<String> noColour() {
        return variable("NO_COLOR").or(() -> variable("TERM").filter("dumb"::equals));
    }
}

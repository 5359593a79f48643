package io.jenkins.plugins.gitops.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    /** How results are written. */
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the result. json: exactly one document on stdout. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--debug", description = "Print stack traces and the libraries' warnings to stderr.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean json() {
        return format == Format.json;
    }

    boolean debug() {
        return debug;
    }
}

package io.jenkins.plugins.gitops.cli;

import java.util.List;

/** Prints a report's warnings on stderr, where they do not disturb a result. */
record Warnings(Console console) {
    void print(List<String> warnings) {
        String word = console.errorStyle().yellow("Warning: ");
        warnings.forEach(warning -> console.err().println(word + warning));
    }

    void print(String warning) {
        print(List.of(warning));
    }
}

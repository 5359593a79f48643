package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;

/** Where fetched repositories are kept: {@code ${XDG_CACHE_HOME:-~/.cache}/gitops}. */
record CacheFolder(Console console) {
    Sources sources() {
        Warnings warnings = new Warnings(console);
        return new Sources(console.folder("XDG_CACHE_HOME", ".cache"), warnings::print);
    }
}

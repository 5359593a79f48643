package io.jenkins.plugins.gitops.engine.model;

/**
 * Where a manifest was written.
 *
 * @param file path relative to the application's source path, with {@code /}
 * @param document zero-based index of the document in the file
 * @param line one-based line on which the document's (or the list item's) first key stands; 0 when a tool made the manifest
 *     and nobody knows the line
 */
public record Origin(String file, int document, int line) {
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}

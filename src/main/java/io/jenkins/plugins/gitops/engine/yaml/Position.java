package io.jenkins.plugins.gitops.engine.yaml;

/** A place in a text; both numbers are one-based, columns count code points. */
public record Position(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}

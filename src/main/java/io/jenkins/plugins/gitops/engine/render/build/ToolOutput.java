package io.jenkins.plugins.gitops.engine.render.build;

/**
 * What a finished run left.
 *
 * @param exitCode 0 for success, by every tool's custom
 * @param errors what it wrote to stderr, its end when that was long
 */
public record ToolOutput(int exitCode, byte[] output, String errors) {
    public boolean succeeded() {
        return exitCode == 0;
    }
}

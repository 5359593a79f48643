package io.jenkins.plugins.gitops.engine.render.build;

import java.time.Duration;

/**
 * What one run of a tool may cost; a run over a limit is stopped and is an error.
 *
 * @param timeout of the whole run
 * @param outputBytes length of what it prints
 * @param memoryBytes of its own data; kept on Linux only
 */
public record ToolLimits(Duration timeout, int outputBytes, long memoryBytes) {
    public static final ToolLimits DEFAULT = new ToolLimits(Duration.ofMinutes(3), 64 << 20, 2L << 30);

    public ToolLimits withTimeout(Duration other) {
        return new ToolLimits(other, outputBytes, memoryBytes);
    }
}

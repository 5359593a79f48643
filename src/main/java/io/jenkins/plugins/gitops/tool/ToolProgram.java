package io.jenkins.plugins.gitops.tool;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Finds a program in a tool's home, on the node: there, in its {@code bin}, or in a folder of it, for Helm's own archives
 * unpack to {@code linux-amd64/helm}.
 *
 * @param name of the program, without {@code .exe}
 */
record ToolProgram(String name) implements ControllerToAgentFileCallable<String> {
    /** @return its path, or null when there is none */
    @Override
    public String invoke(File home, VirtualChannel channel) {
        return of(name, home.toPath()).map(Path::toString).orElse(null);
    }

    static Optional<Path> of(String name, Path home) {
        if (Files.isRegularFile(home)) {
            return Optional.of(home.toAbsolutePath());
        }
        return Stream.concat(Stream.of(home, home.resolve("bin")), folders(home))
                .flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(name + ".exe")))
                .filter(Files::isRegularFile)
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private static Stream<Path> folders(Path home) {
        try (Stream<Path> entries = Files.list(home)) {
            return List.copyOf(entries.filter(Files::isDirectory).sorted().toList()).stream();
        } catch (IOException e) {
            // No such folder: then the program is not in it.
            return Stream.empty();
        }
    }
}

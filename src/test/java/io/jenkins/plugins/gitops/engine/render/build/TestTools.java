package io.jenkins.plugins.gitops.engine.render.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real kustomize and helm, which {@code make tools} builds, and the corpus that they are tried on. */
public final class TestTools {
    private TestTools() {}

    public static RenderTools all() {
        return RenderTools.ofProcess().withKustomize(binary("kustomize")).withHelm(binary("helm"));
    }

    public static Path binary(String name) {
        Path binary = Path.of(System.getProperty("tools.folder", "../bin/tools"))
                .toAbsolutePath()
                .normalize()
                .resolve(name);
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException(binary + " is missing: run make tools");
        }
        return binary;
    }

    /** A tool's own output, as the objects that it means. */
    public static List<ObjectNode> objects(Path folder, Path binary, String... arguments) {
        return new YamlReader()
                .read("tool", run(folder, binary, arguments).output()).stream()
                        .map(YamlDocument::content)
                        .toList();
    }

    public static ToolOutput run(Path folder, Path binary, String... arguments) {
        List<String> command = Stream.concat(Stream.of(binary.toString()), Stream.of(arguments))
                .toList();
        ToolOutput output = new ToolProcess(ToolLimits.DEFAULT)
                .run("the tool itself", command, folder, Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
        if (!output.succeeded()) {
            throw new AssertionError(command + " fails: " + output.errors());
        }
        return output;
    }

    /** Copies a tree of the corpus to where a test may change it. */
    public static void copy(Class<?> test, String name, Path target) {
        try {
            Path source = Path.of(test.getResource(name).toURI());
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Path copy = target.resolve(source.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}

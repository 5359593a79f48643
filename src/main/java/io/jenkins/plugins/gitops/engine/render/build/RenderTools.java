package io.jenkins.plugins.gitops.engine.render.build;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the host has its tools, and what a run of one may cost.
 *
 * @param kustomize the binary; empty means the one of the search path
 * @param helm the binary; empty means the one of the search path
 * @param environment of the host: its PATH, and for what needs the network its proxies and certificates; nothing else of it
 *     is ever handed to a tool
 * @param helmConfiguration the host's own helm configuration, a folder with {@code repositories.yaml} and
 *     {@code registry/config.json}: credentials for chart repositories; empty means none
 * @param inputs variables and keys of the host
 * @param cache folder for what was rendered, and for charts that were fetched; empty means that nothing is kept
 */
public record RenderTools(
        Optional<Path> kustomize,
        Optional<Path> helm,
        Map<String, String> environment,
        Optional<Path> helmConfiguration,
        Optional<Path> cache,
        ToolLimits limits,
        HostInputs inputs) {
    public RenderTools {
        environment = Map.copyOf(environment);
    }

    /** Without inputs of the host. */
    public RenderTools(
            Optional<Path> kustomize,
            Optional<Path> helm,
            Map<String, String> environment,
            Optional<Path> helmConfiguration,
            Optional<Path> cache,
            ToolLimits limits) {
        this(kustomize, helm, environment, helmConfiguration, cache, limits, HostInputs.NONE);
    }

    /** The tools of this process's search path; nothing is kept. */
    public static RenderTools ofProcess() {
        return new RenderTools(
                Optional.empty(),
                Optional.empty(),
                System.getenv(),
                Optional.empty(),
                Optional.empty(),
                ToolLimits.DEFAULT);
    }

    public RenderTools withKustomize(Path binary) {
        return new RenderTools(Optional.of(binary), helm, environment, helmConfiguration, cache, limits, inputs);
    }

    public RenderTools withHelm(Path binary) {
        return new RenderTools(kustomize, Optional.of(binary), environment, helmConfiguration, cache, limits, inputs);
    }

    public RenderTools withCache(Path folder) {
        return new RenderTools(kustomize, helm, environment, helmConfiguration, Optional.of(folder), limits, inputs);
    }

    public RenderTools withLimits(ToolLimits other) {
        return new RenderTools(kustomize, helm, environment, helmConfiguration, cache, other, inputs);
    }

    public RenderTools withHelmConfiguration(Path folder) {
        return new RenderTools(kustomize, helm, environment, Optional.of(folder), cache, limits, inputs);
    }

    public RenderTools withEnvironment(Map<String, String> other) {
        return new RenderTools(kustomize, helm, other, helmConfiguration, cache, limits, inputs);
    }

    public RenderTools withInputs(HostInputs others) {
        return new RenderTools(kustomize, helm, environment, helmConfiguration, cache, limits, others);
    }

    /** The first program of a name on the search path. */
    public Optional<Path> onPath(String program) {
        String searched = environment.getOrDefault("PATH", "");
        return Stream.of(searched.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> candidate(folder, program))
                .findFirst();
    }

    private static Stream<Path> candidate(String folder, String program) {
        try {
            return Stream.of(program, program + ".exe")
                    .map(Path.of(folder)::resolve)
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        } catch (InvalidPathException e) {
            // A search path may hold anything.
            return Stream.empty();
        }
    }

    /** A program such that another version of it is another text; costs no run of it. */
    public static String identity(String name, Path binary) {
        try {
            Path real = binary.toRealPath();
            return name + " " + real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real);
        } catch (IOException e) {
            throw new InvalidInputException(name, binary + " cannot be read: " + e.getMessage());
        }
    }

    /** @throws InvalidInputException when the host was told of a binary that is none */
    static Path existing(String tool, Path binary) {
        if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
            throw new InvalidInputException(tool, binary + " is no program that can be run");
        }
        return binary;
    }

    /** The binary that the host names, checked. */
    public Optional<Path> configuredKustomize() {
        return kustomize.map(binary -> existing("kustomize", binary));
    }

    /** The binary that the host names, checked. */
    public Optional<Path> configuredHelm() {
        return helm.map(binary -> existing("helm", binary));
    }
}

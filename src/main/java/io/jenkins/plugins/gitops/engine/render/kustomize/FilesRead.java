package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.kustomize.References.Reference;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows a kustomization to all that its build reads, before the tool runs: what leads out of the repository, what is remote
 * without permission and what would run a chart or is not there is a problem with file and line.
 */
final class FilesRead {
    private final SourceFolder checkout;
    private final boolean remoteAllowed;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Path> visited = new HashSet<>();
    private final SortedSet<Path> files = new TreeSet<>();
    private final List<String> remote = new ArrayList<>();
    private final TreeMap<String, Path> foldersOfTop = new TreeMap<>();
    private final Set<Path> filesOfTop = new TreeSet<>();
    private final Path top;
    private final List<KustomizationFile> kustomizations = new ArrayList<>();
    private final List<Path> resources = new ArrayList<>();
    private boolean twice;

    private FilesRead(SourceFolder checkout, KustomizationFile top, boolean remoteAllowed) {
        this.checkout = checkout;
        this.remoteAllowed = remoteAllowed;
        this.top = top.folder();
    }

    /** @throws InvalidInputException with every problem found */
    static FilesRead of(SourceFolder checkout, KustomizationFile top, boolean remoteAllowed) {
        FilesRead read = new FilesRead(checkout, top, remoteAllowed);
        read.visit(top);
        if (!read.problems.isEmpty()) {
            throw new InvalidInputException(read.problems);
        }
        return read;
    }

    /** All files that the build reads, remote ones excepted; without symbolic links. */
    SortedSet<Path> files() {
        return files;
    }

    /** Those that the top kustomization names itself, as paths below its folder. */
    Set<Path> filesOfTop() {
        return filesOfTop;
    }

    /** The folders that the top kustomization names, by pointer to where; without symbolic links. */
    TreeMap<String, Path> foldersOfTop() {
        return foldersOfTop;
    }

    /** What is fetched, so that nobody here knows whether it changed. */
    List<String> remote() {
        return remote;
    }

    /** Those that are built, the top one first. */
    List<KustomizationFile> kustomizations() {
        return kustomizations;
    }

    /** The files with objects, as far as they are not made by generators. */
    List<Path> resources() {
        return resources;
    }

    /** Whether a folder is named more than once, so that its objects may be there more than once. */
    boolean buildsTwice() {
        return twice;
    }

    private void visit(KustomizationFile kustomization) {
        if (!visited.add(kustomization.folder())) {
            twice = true;
            return;
        }
        kustomizations.add(kustomization);
        if (kustomization.isWritten()) {
            files.add(kustomization.file());
        }
        ObjectNode content = kustomization.content();
        for (String field : List.of("helmCharts", "helmChartInflationGenerator")) {
            if (content.path(field).size() > 0) {
                problems.add(kustomization.problem(
                        "/" + field,
                        field + " is not inflated: a chart could be anything from anywhere. Make the chart a Helm"
                                + " source of the application (sources), or commit what it renders to"));
            }
        }
        for (String field : References.ENTRIES) {
            References.entries(content, field).forEach(reference -> entry(kustomization, field, reference));
        }
        for (String field : References.PLUGINS) {
            References.inline(content, field).forEach(inline -> plugin(kustomization, inline.path()));
        }
        References.files(content).forEach(reference -> file(kustomization, reference, true));
    }

    private void entry(KustomizationFile kustomization, String field, Reference reference) {
        if (reference.isRemote()) {
            remote(kustomization, reference);
            return;
        }
        resolve(kustomization, reference, true).ifPresent(path -> {
            if (Files.isDirectory(path)) {
                folder(kustomization, field, reference, path);
            } else {
                add(kustomization, reference, path);
                resources.add(path);
                if (References.PLUGINS.contains(field)) {
                    plugin(kustomization, text(path));
                }
            }
        });
    }

    private void folder(KustomizationFile kustomization, String field, Reference reference, Path path) {
        if (kustomization.folder().equals(top)) {
            foldersOfTop.put(reference.pointer(), path);
        }
        try {
            KustomizationFile named = KustomizationFile.read(checkout, path);
            visit(named);
            if (References.PLUGINS.contains(field)) {
                pluginsOf(named, kustomization);
            }
        } catch (InvalidInputException e) {
            problems.add(kustomization.problem(
                    reference.pointer(), "\"" + reference.path() + "\" is no kustomization: " + e.getMessage()));
        }
    }

    /** A folder of configurations: the files that they name are relative to who names the folder. */
    private void pluginsOf(KustomizationFile folder, KustomizationFile kustomization) {
        for (Reference reference : References.entries(folder.content(), "resources")) {
            resolve(folder, reference, false)
                    .filter(Files::isRegularFile)
                    .ifPresent(path -> plugin(kustomization, text(path)));
        }
    }

    /** @param needed a file that is not there is a problem; otherwise the tool will tell */
    private void file(KustomizationFile kustomization, Reference reference, boolean needed) {
        if (reference.isRemoteFile()) {
            remote(kustomization, reference);
            return;
        }
        resolve(kustomization, reference, needed)
                .filter(Files::isRegularFile)
                .ifPresent(path -> add(kustomization, reference, path));
    }

    private void add(KustomizationFile kustomization, Reference reference, Path path) {
        if (!path.startsWith(kustomization.folder())) {
            problems.add(kustomization.problem(
                    reference.pointer(),
                    "\"" + reference.path() + "\" is a file outside of the kustomization's folder, which Kustomize does"
                            + " not read; move it, or make its folder a kustomization"));
            return;
        }
        files.add(path);
        if (kustomization.folder().equals(top)) {
            filesOfTop.add(kustomization
                    .folder()
                    .relativize(kustomization.folder().resolve(reference.path()).normalize()));
        }
    }

    /** A configuration of transformers or generators; what is wrong with it the tool will tell. */
    private void plugin(KustomizationFile kustomization, String text) {
        List<Problem> ignored = new ArrayList<>();
        for (YamlDocument document :
                new YamlReader().read("plugin.yaml", text.getBytes(StandardCharsets.UTF_8), ignored::add)) {
            References.ofPlugin(document.content()).forEach(reference -> file(kustomization, reference, false));
        }
    }

    private void remote(KustomizationFile kustomization, Reference reference) {
        remote.add(reference.path());
        if (!remoteAllowed) {
            problems.add(kustomization.problem(
                    reference.pointer(),
                    "\"" + withoutPassword(reference.path()) + "\" is in another repository, and what it holds may"
                            + " change without a commit here; copy it, or allow it with"
                            + " source.kustomize.allowRemoteBases"));
        }
    }

    private static String withoutPassword(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    private Optional<Path> resolve(KustomizationFile kustomization, Reference reference, boolean needed) {
        try {
            Path path = kustomization.folder().resolve(reference.path());
            if (!Files.exists(path)) {
                if (needed) {
                    problems.add(
                            kustomization.problem(reference.pointer(), "\"" + reference.path() + "\" does not exist"));
                }
                return Optional.empty();
            }
            Path real = path.toRealPath();
            if (!checkout.holds(real) || Path.of(reference.path()).isAbsolute()) {
                problems.add(kustomization.problem(
                        reference.pointer(),
                        "\"" + reference.path() + "\" leads out of the repository or into .git; only files of the"
                                + " repository are read"));
                return Optional.empty();
            }
            return Optional.of(real);
        } catch (InvalidPathException | IOException e) {
            problems.add(kustomization.problem(
                    reference.pointer(), "\"" + reference.path() + "\" cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}

package io.jenkins.plugins.gitops.engine.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkout that a host has made; the engine only reads it.
 *
 * @param root the checkout; nothing outside it is read, whatever a path or a symbolic link says; of a source that is a chart
 *     of a chart repository any folder, which is not read
 * @param revision the full commit id, or empty when the folder is not under version control
 * @param proof the Git objects that lead to the revision, for checking their signatures: annotated tags from outside to inside,
 *     and last the commit; empty unless the source names trusted keys
 * @param others the checkouts of the application's second and further sources, in their order
 */
public record SourceTree(Path root, String revision, List<GitObject> proof, List<SourceTree> others) {
    public SourceTree {
        proof = List.copyOf(proof);
        others = List.copyOf(others);
    }

    public SourceTree(Path root, String revision) {
        this(root, revision, List.of(), List.of());
    }

    public SourceTree(Path root, String revision, List<SourceTree> others) {
        this(root, revision, List.of(), others);
    }

    public SourceTree withProof(List<GitObject> objects) {
        return new SourceTree(root, revision, objects, others);
    }

    /** The checkouts of several sources as one. */
    public static SourceTree of(List<SourceTree> trees) {
        SourceTree first = trees.get(0);
        return new SourceTree(first.root(), first.revision(), first.proof(), trees.subList(1, trees.size()));
    }

    /** The checkouts of all sources, in their order. */
    public List<SourceTree> all() {
        return Stream.concat(Stream.of(new SourceTree(root, revision, proof, List.of())), others.stream())
                .toList();
    }
}

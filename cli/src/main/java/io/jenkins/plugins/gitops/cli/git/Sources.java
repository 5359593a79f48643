package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes the checkout of an application's source: a folder is used as it is, everything else is fetched. */
public final class Sources {
    /** Between the revisions of several sources. */
    private static final String SEPARATOR = ",";

    /** Of a chart of a chart repository, which the renderer fetches. */
    private static final Path NO_CHECKOUT = Path.of("");

    private final GitSource git;
    private final UnaryOperator<Source> charts;

    /**
     * @param cache folder for repositories and checkouts
     * @param notes hears what a person should know although nothing failed
     * @param charts asked for a chart's source at the exact version that it means now
     */
    public Sources(Path cache, Consumer<String> notes, UnaryOperator<Source> charts) {
        this.git = new GitSource(cache, notes);
        this.charts = charts;
    }

    /** The checkouts of all its sources, each at its own revision. */
    public SourceTree checkout(Source source) {
        return joined(source.all().stream().map(one -> one(one, one.revision())).toList());
    }

    /**
     * The checkouts at other revisions than the sources name; of a folder that is used as it is, as it is.
     *
     * @param revision of several sources their revisions in their order, as {@link #currentRevision} joins them
     */
    public SourceTree checkout(Source source, String revision) {
        List<Source> all = source.all();
        if (all.size() == 1) {
            return one(source, revision);
        }
        String[] revisions = revision.split(SEPARATOR, -1);
        List<SourceTree> trees = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean known = revisions.length == all.size() && !isUsedAsItIs(all.get(i));
            trees.add(one(all.get(i), known ? revisions[i] : all.get(i).revision()));
        }
        return joined(trees);
    }

    private static SourceTree joined(List<SourceTree> trees) {
        SourceTree first = trees.get(0);
        String revisions = joinedRevisions(trees.stream().map(SourceTree::revision));
        return new SourceTree(first.root(), revisions, first.proof(), trees.subList(1, trees.size()));
    }

    private SourceTree one(Source source, String revision) {
        return source.trustedKeys().isEmpty() ? checkedOut(source, revision) : proven(source, revision);
    }

    /**
     * With what proves who made it. Of a folder that is used as it is, the files of its commit: others that are in the folder,
     * such as ignored ones, nobody has signed.
     */
    private SourceTree proven(Source source, String revision) {
        if (source.isChart()) {
            return checkedOut(source, revision);
        }
        if (GitUrl.looksLocal(source.repository()) && revision.isEmpty()) {
            LocalFolder local = new LocalFolder(existing(source));
            if (!local.isBareRepository()) {
                String head = local.revision();
                return head.matches("[0-9a-f]{40}") ? proven(source, head) : checkedOut(source, revision);
            }
        }
        SourceTree tree = checkedOut(source, revision);
        return tree.withProof(git.proof(repository(source), tree.revision(), source.revision()));
    }

    /** As Git is asked for it. */
    private static String repository(Source source) {
        if (!GitUrl.looksLocal(source.repository())) {
            return source.repository();
        }
        Path folder = existing(source);
        LocalFolder local = new LocalFolder(folder);
        return (local.isBareRepository() ? folder : local.workTree().orElse(folder)).toString();
    }

    private SourceTree checkedOut(Source source, String revision) {
        if (source.isChart()) {
            return new SourceTree(
                    NO_CHECKOUT, charts.apply(source.withRevision(revision)).revision());
        }
        if (!GitUrl.looksLocal(source.repository())) {
            return git.fetch(source.repository(), revision);
        }
        Path folder = existing(source);
        LocalFolder local = new LocalFolder(folder);
        if (local.isBareRepository()) {
            return git.fetch(folder.toString(), revision);
        }
        if (revision.isEmpty()) {
            return new SourceTree(folder, local.revision());
        }
        Path workTree = local.workTree()
                .orElseThrow(() -> new InvalidInputException(
                        "--revision", folder + " is in no Git repository, so it has no revision " + revision));
        SourceTree fetched = git.fetch(workTree.toString(), revision);
        Path below = fetched.root().resolve(workTree.relativize(folder).toString());
        if (!Files.isDirectory(below)) {
            throw new InvalidInputException(
                    "--source",
                    "revision " + revision + " of " + workTree + " has no folder " + workTree.relativize(folder));
        }
        return new SourceTree(below, fetched.revision());
    }

    /**
     * The revision that {@link #checkout(Source)} would give, at the cost of one {@code ls-remote}; of a folder that is used
     * as it is, the state of its work tree.
     */
    public String currentRevision(Source source) {
        return joinedRevisions(source.all().stream().map(this::currentRevisionOfOne));
    }

    /** Empty when none of them has a history. */
    private static String joinedRevisions(Stream<String> revisions) {
        List<String> all = revisions.toList();
        return all.stream().allMatch(String::isEmpty) ? "" : String.join(SEPARATOR, all);
    }

    private String currentRevisionOfOne(Source source) {
        if (source.isChart()) {
            return charts.apply(source).revision();
        }
        if (!GitUrl.looksLocal(source.repository())) {
            return git.resolve(source.repository(), source.revision());
        }
        Path folder = existing(source);
        LocalFolder local = new LocalFolder(folder);
        if (local.isBareRepository()) {
            return git.resolve(folder.toString(), source.revision());
        }
        if (source.revision().isEmpty()) {
            return local.revision();
        }
        return git.resolve(local.workTree().orElse(folder).toString(), source.revision());
    }

    /** Who wrote the commit of a checkout that was made here, as far as that is known. */
    public Commit describe(Source source, String revision) {
        List<Source> all = source.all();
        String[] revisions = revision.split(SEPARATOR, -1);
        for (int i = 0; i < all.size() && revisions.length == all.size(); i++) {
            if (!all.get(i).isChart()) {
                return describeOne(all.get(i), revisions[i]);
            }
        }
        return Commit.UNKNOWN;
    }

    private Commit describeOne(Source source, String revision) {
        if (!GitUrl.looksLocal(source.repository())) {
            return git.describe(source.repository(), revision);
        }
        Path folder = existing(source);
        LocalFolder local = new LocalFolder(folder);
        return local.isBareRepository() ? git.describe(folder.toString(), revision) : local.commit(revision);
    }

    /** Whether the source is a folder that is read where it stands, so that it has no other revision than its own. */
    public boolean isUsedAsItIs(Source source) {
        return source.others().isEmpty()
                && !source.isChart()
                && GitUrl.looksLocal(source.repository())
                && source.revision().isEmpty()
                && !new LocalFolder(existing(source)).isBareRepository();
    }

    private static Path existing(Source source) {
        Path folder = Path.of(source.repository());
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "is no folder" : "does not exist";
            throw new InvalidInputException("source", folder + " " + what + ": name a folder or a Git URL");
        }
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new InvalidInputException("source", folder + " cannot be read: " + e.getMessage());
        }
    }
}

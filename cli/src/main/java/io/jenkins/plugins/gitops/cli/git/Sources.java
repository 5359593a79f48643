package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes the checkout of an application's source: a folder is used as it is, everything else is fetched. */
public final class Sources {
    private final GitSource git;

    /**
     * @param cache folder for repositories and checkouts
     * @param notes hears what a person should know although nothing failed
     */
    public Sources(Path cache, Consumer<String> notes) {
        this.git = new GitSource(cache, notes);
    }

    /** The checkout at the source's revision. */
    public SourceTree checkout(Source source) {
        return checkout(source, source.revision());
    }

    /** The checkout at another revision than the source names. */
    public SourceTree checkout(Source source, String revision) {
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
        if (!GitUrl.looksLocal(source.repository())) {
            return git.describe(source.repository(), revision);
        }
        Path folder = existing(source);
        LocalFolder local = new LocalFolder(folder);
        return local.isBareRepository() ? git.describe(folder.toString(), revision) : local.commit(revision);
    }

    /** Whether the source is a folder that is read where it stands, so that it has no other revision than its own. */
    public boolean isUsedAsItIs(Source source) {
        return GitUrl.looksLocal(source.repository())
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

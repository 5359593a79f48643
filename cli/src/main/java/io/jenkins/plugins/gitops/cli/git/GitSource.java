package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.history.ProcessLock;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.GitObject;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.signature.GitObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Fetches revisions of Git repositories: shallow, into one bare cache for each repository, each commit checked out into a
 * folder of its own. A commit that was fetched before costs no request when it is asked by its id, and one
 * {@code ls-remote} when it is asked by a name. Safe for several processes and threads.
 */
public final class GitSource {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);

    private final Path cache;
    private final Consumer<String> notes;

    /**
     * @param cache folder for repositories and checkouts
     * @param notes hears what a person should know although nothing failed
     */
    public GitSource(Path cache, Consumer<String> notes) {
        this.cache = cache;
        this.notes = notes;
    }

    /**
     * The checkout of a branch, a tag, a full or short commit id, or HEAD (also when empty).
     *
     * @throws InvalidInputException when the repository has no such revision
     * @throws ClusterException when the repository does not answer, or does not let us in
     */
    @SuppressWarnings("try") // the lock is held, not used
    public SourceTree fetch(String repository, String revision) {
        GitUrl url = new GitUrl(repository);
        Path folder = cache.resolve(url.digest());
        try (ProcessLock lock = CacheLock.acquire(folder.resolve("lock"), LOCK_TIMEOUT)) {
            Checkouts checkouts = new Checkouts(folder.resolve("checkouts"));
            Optional<RemoteRefs.Target> named = named(url, revision);
            String known = named.map(target -> target.commit().name()).orElse(revision);
            Optional<Path> existing = COMMIT.matcher(known).matches() ? checkouts.find(known) : Optional.empty();
            if (existing.isPresent()) {
                return new SourceTree(existing.get(), known);
            }
            try (Repository objects = new ObjectCache(folder.resolve("objects.git")).open()) {
                ObjectId commit = download(url, objects, named, revision);
                Optional<Path> before = checkouts.find(commit.name());
                Path checkout = before.isPresent() ? before.get() : checkouts.create(objects, commit);
                mentionSubmodules(url, checkout);
                return new SourceTree(checkout, commit.name());
            }
        } catch (IOException e) {
            throw new ClusterException(
                    "Cannot keep a checkout of " + url + " in " + folder + ": " + url.redact(e.toString()), e);
        }
    }

    /**
     * The Git objects that lead to a commit, for checking signatures.
     *
     * @param name by which the commit was asked for; an annotated tag of that name is among them while it is one of that commit
     * @return in the order of {@link SourceTree#proof}
     */
    @SuppressWarnings("try") // the lock is held, not used
    List<GitObject> proof(String repository, String commit, String name) {
        GitUrl url = new GitUrl(repository);
        Path folder = cache.resolve(url.digest());
        Optional<RemoteRefs.Target> named =
                named(url, name).filter(target -> target.commit().name().equals(commit));
        try (ProcessLock lock = CacheLock.acquire(folder.resolve("lock"), LOCK_TIMEOUT);
                Repository objects = new ObjectCache(folder.resolve("objects.git")).open()) {
            Optional<ObjectId> tag = named.map(RemoteRefs.Target::object);
            try {
                return GitObjects.leadingTo(objects, commit, tag);
            } catch (MissingObjectException e) {
                // The checkout is older than the cache of objects, or was made by the commit's id.
                download(url, objects, named, commit);
                return GitObjects.leadingTo(objects, commit, tag);
            }
        } catch (IOException e) {
            throw new ClusterException(
                    "Cannot read commit " + commit + " of " + url + ": " + url.redact(e.toString()), e);
        }
    }

    /** The commit that a name stands for now, at the cost of one {@code ls-remote}; a full commit id costs nothing. */
    public String resolve(String repository, String revision) {
        GitUrl url = new GitUrl(repository);
        return named(url, revision)
                .map(target -> target.commit().name())
                .orElseGet(() -> COMMIT.matcher(revision).matches()
                        ? revision
                        : fetch(repository, revision).revision());
    }

    /** Of a commit that was fetched; asks no server. */
    Commit describe(String repository, String commit) {
        Path objects = cache.resolve(new GitUrl(repository).digest()).resolve("objects.git");
        if (!Files.isDirectory(objects)) {
            return Commit.UNKNOWN;
        }
        try (Repository fetched = new ObjectCache(objects).open()) {
            return Commit.of(fetched, commit);
        } catch (IOException e) {
            return Commit.UNKNOWN;
        }
    }

    /** Empty when the revision must be a commit id, because it is no name of the remote. */
    private static Optional<RemoteRefs.Target> named(GitUrl url, String revision) {
        if (COMMIT.matcher(revision).matches()) {
            return Optional.empty();
        }
        RemoteRefs refs = list(url);
        Optional<RemoteRefs.Target> found = refs.find(revision);
        if (found.isEmpty() && !revision.matches("[0-9a-f]{4,39}")) {
            throw refs.unknown(revision);
        }
        return found;
    }

    private ObjectId download(GitUrl url, Repository objects, Optional<RemoteRefs.Target> named, String revision) {
        Download download = new Download(url, objects);
        try {
            if (named.isPresent()) {
                return download.byName(named.get().name());
            }
            return download.byCommit(revision).orElseThrow(() -> list(url).unknown(revision));
        } catch (GitAPIException | JGitInternalException | IOException e) {
            throw GitFailure.explain(url, e);
        }
    }

    private static RemoteRefs list(GitUrl url) {
        try {
            LsRemoteCommand command = Git.lsRemoteRepository().setRemote(url.raw());
            return new RemoteRefs(url, new Connection(url).prepare(command).call());
        } catch (GitAPIException | JGitInternalException e) {
            throw GitFailure.explain(url, e);
        }
    }

    private void mentionSubmodules(GitUrl url, Path checkout) {
        if (Files.exists(checkout.resolve(".gitmodules"))) {
            notes.accept(url + " has submodules; they are not fetched, their folders stay empty");
        }
    }
}

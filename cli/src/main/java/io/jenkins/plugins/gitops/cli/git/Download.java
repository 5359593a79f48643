package io.jenkins.plugins.gitops.cli.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SubmoduleConfig.FetchRecurseSubmodulesMode;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/** Brings one commit from a remote repository into the object cache. */
final class Download {
    private static final String FETCHED = "refs/fetched/one";
    private static final List<RefSpec> EVERYTHING =
            List.of(new RefSpec("+refs/heads/*:refs/all/heads/*"), new RefSpec("+refs/tags/*:refs/all/tags/*"));

    private final GitUrl url;
    private final Repository objects;

    Download(GitUrl url, Repository objects) {
        this.url = url;
        this.objects = objects;
    }

    /** One commit deep: what the name stands for by the time of the fetch. */
    ObjectId byName(String name) throws GitAPIException, IOException {
        fetch().setDepth(1).setRefSpecs(new RefSpec("+" + name + ":" + FETCHED)).call();
        return commit(FETCHED).orElseThrow(() -> new IOException(name + " of " + url + " is no commit"));
    }

    /**
     * One commit deep where the server allows to ask for any commit; otherwise, and for a short id, the whole history. Empty
     * when no branch or tag has it.
     */
    Optional<ObjectId> byCommit(String id) throws GitAPIException, IOException {
        if (id.length() == ObjectId.zeroId().name().length() && !url.isFile()) {
            try {
                fetch().setDepth(1).setRefSpecs(new RefSpec(id)).call();
                return commit(id);
            } catch (GitAPIException | JGitInternalException e) {
                // Not allowed by this server, or not there: the history tells which.
            }
        }
        FetchCommand whole = fetch().setRefSpecs(EVERYTHING).setRemoveDeletedRefs(true);
        if (!objects.getObjectDatabase().getShallowCommits().isEmpty()) {
            whole.setUnshallow(true);
        }
        whole.call();
        return commit(id);
    }

    private FetchCommand fetch() {
        FetchCommand command = new Git(objects)
                .fetch()
                .setRemote(url.raw())
                .setTagOpt(TagOpt.NO_TAGS)
                .setRecurseSubmodules(FetchRecurseSubmodulesMode.NO);
        return new Connection(url).prepare(command);
    }

    private Optional<ObjectId> commit(String name) throws IOException {
        try (RevWalk walk = new RevWalk(objects)) {
            ObjectId found = objects.resolve(name + "^{commit}");
            return Optional.ofNullable(
                    found == null ? null : walk.parseCommit(found).getId());
        } catch (MissingObjectException e) {
            return Optional.empty();
        } catch (AmbiguousObjectException e) {
            throw new IOException("several commits begin with " + name + ": write more of the id", e);
        }
    }
}

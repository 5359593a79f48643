package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.GitObject;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Reads from a checkout's repository what proves who made a revision; runs no program and asks no server. */
public final class GitObjects {
    private GitObjects() {}

    /**
     * The objects that lead to a commit.
     *
     * @param checkout a work tree
     * @param commit its full id
     * @param name branch or tag by which it was asked for; when it is an annotated tag of that commit, the tag is in the
     *     answer; may be empty
     * @return in the order of {@code SourceTree.proof}
     * @throws InvalidInputException when there is no repository, or it does not hold the commit
     */
    public static List<GitObject> leadingTo(Path checkout, String commit, String name) {
        BaseRepositoryBuilder<?, ?> builder = new FileRepositoryBuilder();
        builder.findGitDir(checkout.toFile());
        if (builder.getGitDir() == null) {
            throw new InvalidInputException(
                    "source.verify", checkout + " is in no Git repository, so nobody has signed what it holds");
        }
        try (Repository repository = builder.setMustExist(true).build()) {
            Ref tag =
                    name.isEmpty() ? null : repository.exactRef(name.startsWith("refs/") ? name : "refs/tags/" + name);
            return leadingTo(repository, commit, Optional.ofNullable(tag).map(Ref::getObjectId));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "source.verify", "commit " + commit + " cannot be read from " + checkout + ": " + e.getMessage());
        }
    }

    /**
     * As {@link #leadingTo(Path, String, String)}, from a repository that is open.
     *
     * @param tag an annotated tag that may lead to the commit; anything else adds nothing
     */
    public static List<GitObject> leadingTo(Repository repository, String commit, Optional<ObjectId> tag)
            throws IOException {
        List<GitObject> objects = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = ObjectId.fromString(commit);
            if (tag.isPresent()) {
                objects.addAll(tags(walk, tag.get(), id));
            }
            objects.add(read(walk, id, GitObject.Kind.commit));
            return objects;
        }
    }

    /** From the outermost to the innermost; empty when they do not lead to the commit. */
    private static List<GitObject> tags(RevWalk walk, AnyObjectId from, ObjectId commit) throws IOException {
        List<GitObject> tags = new ArrayList<>();
        RevObject object = walk.parseAny(from);
        while (object instanceof RevTag tag) {
            tags.add(read(walk, tag.getId(), GitObject.Kind.tag));
            object = walk.parseAny(tag.getObject());
        }
        return object.getId().equals(commit) ? tags : List.of();
    }

    private static GitObject read(RevWalk walk, ObjectId id, GitObject.Kind kind) throws IOException {
        return new GitObject(kind, walk.getObjectReader().open(id).getBytes());
    }
}

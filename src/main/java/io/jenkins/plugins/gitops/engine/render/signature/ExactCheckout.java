package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.NoWorkTreeException;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;

/**
 * Requires that a work tree holds what its commit holds and nothing else, not even files that Git ignores: whatever else there
 * is nobody has signed, and it would be rendered all the same.
 */
public final class ExactCheckout {
    private static final int SHOWN = 5;

    private ExactCheckout() {}

    /**
     * @param checkout a work tree that a host keeps from one build to the next
     * @param commit its full id
     * @throws RefusedException when they differ; the message names files
     * @throws InvalidInputException when there is no repository
     */
    public static void require(Path checkout, String commit) {
        BaseRepositoryBuilder<?, ?> builder = new FileRepositoryBuilder();
        builder.findGitDir(checkout.toFile());
        if (builder.getGitDir() == null) {
            throw new InvalidInputException(
                    "source.verify", checkout + " is in no Git repository, so nobody has signed what it holds");
        }
        try (Repository repository = builder.setMustExist(true).build();
                Git git = new Git(repository)) {
            ObjectId head = repository.resolve("HEAD");
            if (head == null || !head.name().equals(commit)) {
                throw refused("is at commit " + (head == null ? "none" : head.name()) + " instead of " + commit);
            }
            Status status =
                    git.status().setIgnoreSubmodules(IgnoreSubmoduleMode.NONE).call();
            List<String> others = others(status);
            if (!others.isEmpty()) {
                throw refused("differs from commit " + commit + ": "
                        + String.join(", ", others.stream().limit(SHOWN).toList())
                        + (others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : ""));
            }
        } catch (IOException | GitAPIException | NoWorkTreeException e) {
            throw new InvalidInputException(
                    "source.verify",
                    "what differs from commit " + commit + " in " + checkout + " cannot be told: " + e.getMessage());
        }
    }

    private static List<String> others(Status status) {
        TreeSet<String> others = new TreeSet<>();
        Stream.<Collection<String>>of(
                        status.getAdded(),
                        status.getChanged(),
                        status.getRemoved(),
                        status.getModified(),
                        status.getMissing(),
                        status.getConflicting(),
                        status.getUntracked(),
                        status.getIgnoredNotInIndex())
                .forEach(others::addAll);
        return List.copyOf(others);
    }

    private static RefusedException refused(String how) {
        return new RefusedException("The signed commit is not exactly what would be rendered: the checkout " + how
                + ". Nothing was rendered. Wipe out the workspace, and let the SCM clean it before each checkout.");
    }
}

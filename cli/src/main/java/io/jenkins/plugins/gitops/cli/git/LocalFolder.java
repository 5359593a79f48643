package io.jenkins.plugins.gitops.cli.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.StatusCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.NoWorkTreeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A folder of this machine that is read as it is. */
final class LocalFolder {
    private final Path folder;

    LocalFolder(Path folder) {
        this.folder = folder;
    }

    boolean isBareRepository() {
        return !Files.exists(folder.resolve(".git"))
                && Files.isRegularFile(folder.resolve("HEAD"))
                && Files.isDirectory(folder.resolve("objects"))
                && Files.isDirectory(folder.resolve("refs"));
    }

    /** The top of the work tree that the folder lies in. */
    Optional<Path> workTree() {
        File gitFolder = new FileRepositoryBuilder().findGitDir(folder.toFile()).getGitDir();
        if (gitFolder == null) {
            return Optional.empty();
        }
        try (Repository repository = open(gitFolder)) {
            return Optional.of(repository.getWorkTree().toPath().toRealPath());
        } catch (IOException | NoWorkTreeException e) {
            return Optional.empty();
        }
    }

    /**
     * The commit of HEAD; with {@code -dirty} when a file of this folder differs from it or is not in it; empty outside of a
     * repository and before the first commit.
     */
    String revision() {
        File gitFolder = new FileRepositoryBuilder().findGitDir(folder.toFile()).getGitDir();
        if (gitFolder == null) {
            return "";
        }
        try (Repository repository = open(gitFolder);
                Git git = new Git(repository)) {
            ObjectId head = repository.resolve("HEAD");
            if (head == null) {
                return "";
            }
            StatusCommand status = git.status();
            Path inside = repository.getWorkTree().toPath().toRealPath().relativize(folder);
            if (!inside.toString().isEmpty()) {
                status.addPath(inside.toString().replace(File.separatorChar, '/'));
            }
            return head.name() + (status.call().isClean() ? "" : "-dirty");
        } catch (IOException | GitAPIException | NoWorkTreeException e) {
            return "";
        }
    }

    Commit commit(String revision) {
        File gitFolder = new FileRepositoryBuilder().findGitDir(folder.toFile()).getGitDir();
        if (gitFolder == null) {
            return Commit.UNKNOWN;
        }
        try (Repository repository = open(gitFolder)) {
            return Commit.of(repository, revision);
        } catch (IOException e) {
            return Commit.UNKNOWN;
        }
    }

    private static Repository open(File gitFolder) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(gitFolder)
                .setMustExist(true)
                .build();
    }
}

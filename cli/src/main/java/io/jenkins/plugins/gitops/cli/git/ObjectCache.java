package io.jenkins.plugins.gitops.cli.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The bare repository that keeps fetched objects, so that the next fetch only brings what changed. */
final class ObjectCache {
    /** Every fetch adds a pack. Past so many, one shallow fetch from nothing is cheaper than to keep and search them. */
    private static final int MOST_PACKS = 50;

    private final Path folder;

    ObjectCache(Path folder) {
        this.folder = folder;
    }

    Repository open() throws IOException {
        if (packs() > MOST_PACKS || isDamaged()) {
            Checkouts.delete(folder);
        }
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (!repository.getObjectDatabase().exists()) {
            repository.create(true);
        }
        return repository;
    }

    /** A process that was killed while it made the repository leaves one without HEAD. */
    private boolean isDamaged() {
        return Files.exists(folder) && !Files.isRegularFile(folder.resolve("HEAD"));
    }

    private long packs() throws IOException {
        Path packs = folder.resolve("objects/pack");
        if (!Files.isDirectory(packs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(packs)) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }
}

package io.jenkins.plugins.gitops.cli.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private TestRepository repository;
    private GitSource source;
    private String first;
    private String second;

    @BeforeEach
    void repositoryWithTwoCommits() throws Exception {
        repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
        first = repository.write("app/web.yaml", "one\n").commit("one");
        repository
                .git()
                .tag()
                .setName("v1")
                .setAnnotated(true)
                .setMessage("v1")
                .setSigned(false)
                .call();
        repository.git().branchCreate().setName("stable").call();
        second = repository.write("app/web.yaml", "two\n").commit("two");
        source = new GitSource(folder.resolve("cache"), notes::add);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HEAD", "main", "refs/heads/main"})
    void aBranchAndHeadAreFetchedAtTheirTip(String revision) throws IOException {
        SourceTree tree = source.fetch(repository.url(), revision);

        assertThat(tree.revision()).isEqualTo(second);
        assertThat(tree.root().resolve("app/web.yaml")).hasContent("two");
        assertThat(tree.root().resolve(".git")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "stable", "refs/tags/v1"})
    void anAnnotatedTagAndAnotherBranchAreFetchedAtTheirCommit(String revision) {
        SourceTree tree = source.fetch(repository.url(), revision);

        assertThat(tree.revision()).isEqualTo(first);
        assertThat(tree.root().resolve("app/web.yaml")).hasContent("one");
    }

    @Test
    void aFullAndAShortCommitIdAreFetched() {
        assertThat(source.fetch(repository.url(), first).revision()).isEqualTo(first);
        assertThat(source.fetch(repository.url(), first.substring(0, 8)).revision())
                .isEqualTo(first);
        assertThat(source.fetch(repository.url(), second.substring(0, 10)).revision())
                .isEqualTo(second);
    }

    @Test
    void aCommitIdIsFetchedAfterAShallowFetchOfABranch() {
        source.fetch(repository.url(), "main");

        assertThat(source.fetch(repository.url(), first).root().resolve("app/web.yaml"))
                .hasContent("one");
    }

    @Test
    void aBranchIsFetchedOneCommitDeepAndThenIncrementally() throws IOException {
        source.fetch(repository.url(), "main");
        String third = repository.write("app/web.yaml", "three\n").commit("three");

        SourceTree tree = source.fetch(repository.url(), "main");

        assertThat(tree.revision()).isEqualTo(third);
        assertThat(tree.root().resolve("app/web.yaml")).hasContent("three");
        try (Repository objects = cache()) {
            assertThat(objects.getObjectDatabase().getShallowCommits())
                    .extracting(id -> id.name())
                    .doesNotContain(first);
            assertThat(objects.getObjectDatabase().has(objects.resolve(first))).isFalse();
        }
    }

    @Test
    void aCommitThatWasFetchedBeforeNeedsNoRepository() throws IOException {
        SourceTree before = source.fetch(repository.url(), "main");
        String url = repository.url();
        Files.move(repository.folder(), folder.resolve("moved"));

        assertThat(source.fetch(url, second)).isEqualTo(before);
    }

    @Test
    void resolvesANameWithoutFetchingIt() {
        assertThat(source.resolve(repository.url(), "v1")).isEqualTo(first);
        assertThat(source.resolve(repository.url(), "")).isEqualTo(second);
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aBranchThatWasRewrittenIsFollowed() throws Exception {
        source.fetch(repository.url(), "main");
        repository.git().reset().setMode(ResetType.HARD).setRef(first).call();
        String other = repository.write("app/web.yaml", "other\n").commit("other");

        assertThat(source.fetch(repository.url(), "main").revision()).isEqualTo(other);
    }

    @Test
    void anUnknownRevisionNamesTheNearest() {
        assertThatThrownBy(() -> source.fetch(repository.url(), "mian"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no branch, tag or commit mian")
                .hasMessageContaining("the nearest names are main");
        assertThatThrownBy(() -> source.fetch(repository.url(), "0123456789012345678901234567890123456789"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it has main, stable, v1");
    }

    @Test
    void aNameOfABranchAndOfATagIsAskedBack() throws Exception {
        repository
                .git()
                .tag()
                .setName("stable")
                .setAnnotated(false)
                .setSigned(false)
                .call();

        assertThatThrownBy(() -> source.fetch(repository.url(), "stable"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("write refs/heads/stable or refs/tags/stable");
        assertThat(source.fetch(repository.url(), "refs/heads/stable").revision())
                .isEqualTo(first);
    }

    @Test
    void aRepositoryWithoutCommitsSaysSo() throws IOException {
        try (TestRepository empty = new TestRepository(Files.createDirectory(folder.resolve("empty")))) {
            assertThatThrownBy(() -> source.fetch(empty.url(), ""))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has no commits yet");
        }
    }

    @Test
    void aMissingRepositoryIsAnInputError() {
        assertThatThrownBy(() -> source.fetch(folder.resolve("nowhere").toUri().toString(), "main"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no Git repository at");
    }

    @Test
    void aServerThatDoesNotAnswerIsANetworkErrorThatKeepsThePassword() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> source.fetch("https://ada:s3cret@127.0.0.1:" + port + "/app.git", "main"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("Cannot reach the Git repository https://127.0.0.1:" + port + "/app.git")
                .hasMessageContaining("nobody answers")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("ada");
        assertThatThrownBy(() -> source.fetch("ssh://git@127.0.0.1:" + port + "/app.git", "main"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("nobody answers");
    }

    @Test
    void aHostThatNoNameServerKnowsIsToldAsSuchForSshToo() {
        assertThatThrownBy(() -> source.fetch("git@nowhere.invalid:app.git", "main"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("unknown host");
    }

    @Test
    void submodulesAreMentioned() {
        repository
                .write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = ../lib\n")
                .commit("submodule");

        source.fetch(repository.url(), "main");

        assertThat(notes).singleElement().asString().contains("submodules").contains("not fetched");
    }

    @Test
    void symbolicLinksAndExecutableFilesAreKept() throws IOException {
        Files.createSymbolicLink(repository.folder().resolve("link.yaml"), Path.of("app/web.yaml"));
        repository.write("run.sh", "#!/bin/sh\n");
        assertThat(repository.folder().resolve("run.sh").toFile().setExecutable(true))
                .isTrue();
        repository.commit("link");

        Path root = source.fetch(repository.url(), "main").root();

        assertThat(Files.readSymbolicLink(root.resolve("link.yaml"))).isEqualTo(Path.of("app/web.yaml"));
        assertThat(root.resolve("run.sh")).isExecutable();
        assertThat(root.resolve("app/web.yaml").toFile().canExecute()).isFalse();
    }

    @Test
    void onlyTheLastCheckoutsAreKept() throws IOException {
        for (int i = 0; i < 8; i++) {
            Path root = source.fetch(repository.url(), "main").root();
            Files.setLastModifiedTime(root, FileTime.from(Instant.now().minusSeconds(10_000 - i)));
            repository.write("app/web.yaml", "number " + i + "\n").commit("number " + i);
        }
        Path newest = source.fetch(repository.url(), "main").root();

        try (var checkouts = Files.list(newest.getParent())) {
            assertThat(checkouts.toList()).hasSize(5).contains(newest);
        }
    }

    @Test
    void whatAKilledFetchLeftIsClearedAway() throws IOException {
        Path root = source.fetch(repository.url(), "main").root();
        Path unfinished = Files.createDirectory(root.resolveSibling("unfinished-1"));
        Files.delete(root.getParent().resolveSibling("objects.git").resolve("HEAD"));
        repository.write("app/web.yaml", "three\n").commit("three");

        assertThat(source.fetch(repository.url(), "main").root().resolve("app/web.yaml"))
                .hasContent("three");
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void manyAtOnceGetTheSameCheckout() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<SourceTree>> fetches = Collections.nCopies(
                    8, () -> new GitSource(folder.resolve("cache"), notes::add).fetch(repository.url(), "main"));
            for (Future<SourceTree> tree : threads.invokeAll(fetches)) {
                assertThat(tree.get().root().resolve("app/web.yaml")).hasContent("two");
            }
        }
    }

    /** Only a real server can be asked for one commit alone; the history must stay where it is. */
    @Test
    void aServerThatAllowsItIsAskedForOneCommitAlone() throws Exception {
        repository.git().getRepository().getConfig().setBoolean("uploadpack", null, "allowAnySHA1InWant", true);
        repository.git().getRepository().getConfig().save();
        String third = repository.write("app/web.yaml", "three\n").commit("three");
        try (GitDaemon daemon = GitDaemon.serve(folder)) {
            SourceTree tree = source.fetch(daemon.url("repository"), second);

            assertThat(tree.root().resolve("app/web.yaml")).hasContent("two");
            assertThat(source.fetch(daemon.url("repository"), "main").revision())
                    .isEqualTo(third);
            Path objects = tree.root().getParent().resolveSibling("objects.git");
            try (Repository cache = new FileRepositoryBuilder()
                    .setGitDir(objects.toFile())
                    .setBare()
                    .build()) {
                assertThat(cache.getObjectDatabase().has(cache.resolve(first))).isFalse();
            }
        }
    }

    @Test
    void aServerThatDoesNotAllowItIsAskedForTheHistory() throws Exception {
        try (GitDaemon daemon = GitDaemon.serve(folder)) {
            assertThat(source.fetch(daemon.url("repository"), first).root().resolve("app/web.yaml"))
                    .hasContent("one");
            assertThatThrownBy(() -> source.fetch(daemon.url("nowhere"), "main"))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("no Git repository at " + daemon.url("nowhere"));
        }
    }

    private Repository cache() throws IOException {
        Path objects = folder.resolve("cache")
                .resolve(new GitUrl(repository.url()).digest())
                .resolve("objects.git");
        return new FileRepositoryBuilder()
                .setGitDir(objects.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }
}

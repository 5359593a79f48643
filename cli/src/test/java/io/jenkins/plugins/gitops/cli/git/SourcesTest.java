package io.jenkins.plugins.gitops.cli.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Sources sources;
    private String commit;

    @BeforeEach
    void repository() throws IOException {
        folder = folder.toRealPath();
        repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
        commit = repository
                .write("deploy/web.yaml", "one\n")
                .write("other.txt", "one\n")
                .commit("one");
        sources = new Sources(folder.resolve("cache"), note -> {}, chart -> chart);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void aFolderOutsideOfGitIsUsedAsItIsAndHasNoRevision() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));

        assertThat(sources.checkout(source(plain, ""))).isEqualTo(new SourceTree(plain, ""));
    }

    @Test
    void aCleanWorkTreeHasTheCommitOfItsHead() {
        assertThat(sources.checkout(source(repository.folder(), "")))
                .isEqualTo(new SourceTree(repository.folder(), commit));
        assertThat(sources.currentRevision(source(repository.folder(), ""))).isEqualTo(commit);
    }

    @Test
    void aChangedOrANewFileMakesItDirty() {
        repository.write("deploy/web.yaml", "two\n");
        assertThat(sources.currentRevision(source(repository.folder(), ""))).isEqualTo(commit + "-dirty");

        repository.write("deploy/web.yaml", "one\n").write("deploy/new.yaml", "new\n");
        assertThat(sources.currentRevision(source(repository.folder(), ""))).isEqualTo(commit + "-dirty");
    }

    @Test
    void onlyChangesInsideTheFolderMakeItDirty() {
        repository.write("other.txt", "two\n");

        assertThat(sources.currentRevision(source(repository.folder().resolve("deploy"), "")))
                .isEqualTo(commit);
    }

    @Test
    void aFolderWithARevisionIsFetchedAndLeftAsItIs() {
        repository.write("deploy/web.yaml", "not committed\n");

        SourceTree tree = sources.checkout(source(repository.folder().resolve("deploy"), "main"));

        assertThat(tree.revision()).isEqualTo(commit);
        assertThat(tree.root()).startsWith(folder.resolve("cache"));
        assertThat(tree.root().resolve("web.yaml")).hasContent("one");
        assertThat(repository.folder().resolve("deploy/web.yaml")).hasContent("not committed");
    }

    @Test
    void aBareRepositoryIsFetched() throws Exception {
        Path bare = folder.resolve("bare.git");
        Git.cloneRepository()
                .setURI(repository.url())
                .setBare(true)
                .setDirectory(bare.toFile())
                .call()
                .close();

        SourceTree tree = sources.checkout(source(bare, ""));

        assertThat(tree.revision()).isEqualTo(commit);
        assertThat(tree.root().resolve("deploy/web.yaml")).hasContent("one");
    }

    @Test
    void severalSourcesHaveOneRevisionThatFindsAllOfThemAgain() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Source several = Source.of(repository.url(), "main", "")
                .withOthers(List.of(
                        Source.of("https://charts.example.com", "1.2.3", "").withChart("web"),
                        source(plain, "").withRef("values")));

        SourceTree tree = sources.checkout(several);
        repository.write("deploy/web.yaml", "two\n");
        String second = repository.commit("two");

        assertThat(tree.revision()).isEqualTo(commit + ",1.2.3,");
        assertThat(tree.all()).extracting(SourceTree::root).contains(plain);
        assertThat(sources.currentRevision(several)).isEqualTo(second + ",1.2.3,");
        assertThat(sources.describe(several, tree.revision()).subject()).isEqualTo("one");
        SourceTree again = sources.checkout(several, tree.revision());
        assertThat(again.revision()).isEqualTo(tree.revision());
        assertThat(again.root().resolve("deploy/web.yaml")).hasContent("one");
        assertThat(sources.checkout(several).root().resolve("deploy/web.yaml")).hasContent("two");
    }

    @Test
    void severalFoldersOutsideOfGitHaveNoRevisionEither() throws IOException {
        Source first = Source.of(Files.createDirectory(folder.resolve("a")).toString(), "", "");
        Source both = first.withOthers(
                List.of(Source.of(Files.createDirectory(folder.resolve("b")).toString(), "", "")));

        assertThat(sources.checkout(both).revision()).isEmpty();
        assertThat(sources.currentRevision(both)).isEmpty();
    }

    @Test
    void aMissingFolderAndAFolderWithoutHistoryAreInputErrors() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));

        assertThatThrownBy(() -> sources.checkout(source(folder.resolve("nowhere"), "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nowhere does not exist");
        assertThatThrownBy(() -> sources.checkout(source(plain, "main")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in no Git repository");
    }

    private static Source source(Path repository, String revision) {
        return Source.of(repository.toString(), revision, "");
    }
}

package io.jenkins.plugins.gitops.engine.render.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactCheckoutTest {
    @TempDir
    private Path folder;

    private String commit;

    @BeforeEach
    void commit() throws Exception {
        write("deploy/web.yaml");
        Files.writeString(folder.resolve(".gitignore"), "*.local\n");
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern(".").call();
            commit = git.commit()
                    .setAuthor("Ada", "ada@example.com")
                    .setCommitter("Ada", "ada@example.com")
                    .setSign(false)
                    .setMessage("one")
                    .call()
                    .name();
        }
    }

    private void write(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "text of " + file + System.nanoTime());
    }

    @Test
    void whatIsExactlyTheCommitIsLetThrough() {
        assertThatCode(() -> ExactCheckout.require(folder, commit)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/web.yaml", "deploy/new.yaml", "other/folder/new.yaml", "deploy/ignored.local"})
    void aFileThatIsAnotherOrMoreIsRefused(String file) throws Exception {
        write(file);

        assertThatThrownBy(() -> ExactCheckout.require(folder, commit))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("differs from commit " + commit)
                .hasMessageContaining(file);
    }

    @Test
    void aFileThatIsGoneIsRefused() throws Exception {
        Files.delete(folder.resolve("deploy/web.yaml"));

        assertThatThrownBy(() -> ExactCheckout.require(folder, commit))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("deploy/web.yaml");
    }

    @Test
    void anotherCommitIsRefused() {
        assertThatThrownBy(() -> ExactCheckout.require(folder, "0".repeat(40)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is at commit " + commit);
    }

    @Test
    void aFolderOutsideOfGitHasNothingThatIsSigned(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> ExactCheckout.require(elsewhere, commit)).isInstanceOf(InvalidInputException.class);
    }
}

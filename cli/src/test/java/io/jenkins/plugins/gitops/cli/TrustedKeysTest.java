package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.gitops.engine.render.signature.SignedRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not signed is not rendered, from wherever it comes. */
class TrustedKeysTest {
    @TempDir
    private Path folder;

    private SignedRepository repository;
    private Cli cli;
    private String key;

    @BeforeEach
    void repository() throws IOException {
        assumeThat(SignedRepository.toolsAreHere())
                .as("git, gpg and ssh-keygen, which sign, are on this machine")
                .isTrue();
        repository = new SignedRepository(folder.resolve("repository"));
        key = repository.sshKey("ada", "ed25519");
        Files.writeString(folder.resolve("keys.pub"), key + "\n");
        repository.write(".gitignore", "ignored.yaml\n");
        cli = new Cli(folder);
    }

    @AfterEach
    void stopAgent() {
        if (repository != null) {
            repository.close();
        }
    }

    @Test
    void aFetchedCommitMustBeSignedByOneOfTheKeysOfTheOption() {
        repository.commit("web.yaml", map("one"), "ada");
        assertThat(render("main"))
                .matches(result -> result.exitCode() == 0 && result.out().contains("name: one"));

        String unsigned = repository.commit("web.yaml", map("two"), "");
        Cli.Result refused = render("main");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("commit " + unsigned + " by Ada <ada@example.com> is not signed")
                .contains("Nothing was rendered")
                .contains("Trusted are: ada (SSH key SHA256:");
        assertThat(render(unsigned).exitCode()).isEqualTo(4);
    }

    @Test
    void aSignedTagIsEnoughAlsoAfterItsCommitWasFetched() {
        String commit = repository.commit("web.yaml", map("one"), "");
        repository.tag("v1", "ada");

        assertThat(render(commit).exitCode()).isEqualTo(4);
        assertThat(render("v1").exitCode()).isZero();
        assertThat(render("v1").exitCode()).isZero();
    }

    @Test
    void ofAFolderOnlyWhatItsSignedCommitHoldsIsRendered() throws IOException {
        repository.commit("web.yaml", map("one"), "ada");
        repository.write("ignored.yaml", map("smuggled"));

        Cli.Result rendered = render(repository.folder().toString(), "");
        assertThat(rendered.exitCode()).as(rendered.err()).isZero();
        assertThat(rendered.out()).contains("name: one").doesNotContain("smuggled");

        repository.write("new.yaml", map("new"));
        assertThat(render(repository.folder().toString(), "").err())
                .contains("The folder differs from its commit: commit the changes, signed");
        assertThat(render(Files.createDirectory(folder.resolve("plain")).toString(), "")
                        .err())
                .contains("the folder is required to be signed");
    }

    @Test
    void anApplicationFileNamesKeysOfEachSource() throws IOException {
        repository.commit("web.yaml", map("one"), "ada");
        Path other = folder.resolve("other");
        SignedRepository unsigned = new SignedRepository(other);
        unsigned.commit("more.yaml", map("more"), "");
        String file = """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: shop}
                spec:
                  sources:
                  - repository: file://%s
                    verify: {keyFiles: [keys.pub]}
                  - repository: file://%s
                  destination: {namespace: shop}
                """.formatted(repository.folder(), unsigned.folder());
        Files.writeString(folder.resolve("gitops.yaml"), file);

        Cli.Result rendered = cli.run("render", "--app", "gitops.yaml", "--explain");
        assertThat(rendered.exitCode()).as(rendered.err()).isZero();
        assertThat(rendered.err()).contains("is signed by ada (SSH key");
        assertThat(cli.run("render", "--app", "gitops.yaml", "--trusted-keys", "keys.pub")
                        .exitCode())
                .isEqualTo(4);

        Files.writeString(folder.resolve("gitops.yaml"), file.replace("keys.pub", "none.pub"));
        assertThat(cli.run("render", "--app", "gitops.yaml").err())
                .contains("gitops.yaml:7")
                .contains("the key file none.pub cannot be read");
    }

    private Cli.Result render(String revision) {
        return render("file://" + repository.folder(), revision);
    }

    private Cli.Result render(String source, String revision) {
        String[] usual = Cli.application("render", null, source, "--trusted-keys", "keys.pub");
        if (revision.isEmpty()) {
            return cli.run(usual);
        }
        String[] all = java.util.Arrays.copyOf(usual, usual.length + 2);
        all[usual.length] = "--revision";
        all[usual.length + 1] = revision;
        return cli.run(all);
    }

    private static String map(String name) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}}\n";
    }
}

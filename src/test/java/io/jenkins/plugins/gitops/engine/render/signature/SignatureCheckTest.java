package io.jenkins.plugins.gitops.engine.render.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.gitops.engine.model.GitObject;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureCheckTest {
    @TempDir
    private Path folder;

    private SignedRepository repository;

    @BeforeEach
    void repository() {
        assumeThat(SignedRepository.toolsAreHere())
                .as("git, gpg and ssh-keygen, which sign, are on this machine")
                .isTrue();
        repository = new SignedRepository(folder);
    }

    @AfterEach
    void stopAgent() {
        if (repository != null) {
            repository.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,2048", "rsa,4096"})
    void aCommitSignedByATrustedSshKeyIsAccepted(String type, String bits) {
        String key = bits == null ? repository.sshKey("ada", type) : repository.sshKey("ada", type, "-b", bits);
        String commit = repository.commit("a.yaml", "a", "ada");

        assertThat(require(commit, "", key))
                .startsWith("commit " + commit + " by Ada <ada@example.com> is signed by ada (SSH key SHA256:");
        refused(tampered(commit), key).hasMessageContaining("has a bad signature");
    }

    @ParameterizedTest
    @CsvSource({"ed25519", "rsa2048", "nistp256"})
    void aCommitSignedByATrustedGpgKeyIsAccepted(String algorithm) {
        String key = repository.gpgKey("Ada <ada@example.com>", algorithm, "sign", "never");
        String commit = repository.commit("a.yaml", "a", "ada@example.com");

        assertThat(require(commit, "", key)).contains("is signed by Ada <ada@example.com> (GPG key ");
        refused(tampered(commit), key).hasMessageContaining("has a bad signature");
    }

    @Test
    void aSubkeySignsForItsPrimaryKey() {
        repository.gpgKey("Ada <ada@example.com>", "ed25519", "cert", "never");
        String fingerprint = fingerprint("ada@example.com");
        List<String> add = repository.gpg("--passphrase", "");
        add.addAll(List.of("--quick-add-key", fingerprint, "ed25519", "sign", "never"));
        repository.run(add);
        String commit = repository.commit("a.yaml", "a", "ada@example.com");

        assertThat(require(commit, "", repository.gpgExport("ada@example.com"))).contains("(GPG key " + fingerprint);
    }

    @Test
    void anUnsignedCommitIsRefusedWithWhoMadeItAndWhatToDo() {
        String key = repository.sshKey("ada", "ed25519");
        String commit = repository.commit("a.yaml", "a", "");

        refused(proof(commit, ""), commit, key)
                .hasMessage(
                        "commit " + commit + " by Ada <ada@example.com> is not signed. Nothing was rendered. Sign it"
                                + " (git commit --amend -S), or put a signed tag on it and deploy that. Trusted are: ada (SSH key "
                                + SshKeyLine.read("", key).key().fingerprint() + ").");
    }

    @Test
    void aSignerWhomNobodyTrustsIsRefusedByItsFingerprint() {
        String trusted = repository.sshKey("ada", "ed25519");
        String other = repository.sshKey("eve", "ed25519");
        repository.gpgKey("Eve <eve@example.com>", "ed25519", "sign", "never");
        String ssh = repository.commit("a.yaml", "a", "eve");
        String gpg = repository.commit("a.yaml", "b", "eve@example.com");

        refused(proof(ssh, ""), ssh, trusted)
                .hasMessageContaining("is signed with the SSH key "
                        + SshKeyLine.read("", other).key().fingerprint() + ", which is not trusted");
        refused(proof(gpg, ""), gpg, trusted)
                .hasMessageContaining(
                        "is signed with the GPG key " + fingerprint("eve@example.com") + ", which is not trusted");
    }

    @Test
    void aKeyThatExpiredIsRefusedAndOneThatWasProlongedIsNot() {
        String key = repository.gpgKey("Ada <ada@example.com>", "ed25519", "sign", "1d");
        String commit = repository.commit("a.yaml", "a", "ada@example.com");
        Instant later = Instant.now().plusSeconds(2 * 86_400);

        assertThat(require(commit, "", key)).contains("is signed by");
        assertThatThrownBy(() -> new SignatureCheck(later).require(source("", key), tree(commit, proof(commit, ""))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is signed by Ada <ada@example.com>")
                .hasMessageContaining("whose key expired on 2");

        List<String> prolong = repository.gpg("--passphrase", "");
        prolong.addAll(List.of("--quick-set-expire", fingerprint("ada@example.com"), "10d"));
        repository.run(prolong);
        String prolonged = repository.gpgExport("ada@example.com");
        assertThat(new SignatureCheck(later).require(source("", prolonged), tree(commit, proof(commit, ""))))
                .contains("is signed by");
    }

    @Test
    void aRevokedKeyIsRefused() {
        repository.gpgKey("Ada <ada@example.com>", "ed25519", "sign", "never");
        String commit = repository.commit("a.yaml", "a", "ada@example.com");
        Path revocation = folder.resolve("keys/openpgp-revocs.d/" + fingerprint("ada@example.com") + ".rev");
        // gpg writes it with a colon that keeps it from being imported by mistake.
        repository.run(List.of("sed", "-i", "s/^:---/---/", revocation.toString()));
        List<String> revoke = repository.gpg("--import");
        revoke.add(revocation.toString());
        repository.run(revoke);

        refused(proof(commit, ""), commit, repository.gpgExport("ada@example.com"))
                .hasMessageContaining("is revoked");
    }

    @Test
    void anAllowedSignersLineSaysHowLongAKeyIsTrusted() {
        String key = repository.sshKey("ada", "ed25519");
        String commit = repository.commit("a.yaml", "a", "ada");

        assertThat(require(commit, "", "ada@example.com namespaces=\"file,git\",valid-before=\"29990101\" " + key))
                .contains("is signed by ada@example.com (SSH key");
        refused(proof(commit, ""), commit, "ada@example.com valid-before=\"20200101Z\" " + key)
                .hasMessageContaining("whose key expired on 2020-01-01T00:00:00Z");
        refused(proof(commit, ""), commit, "ada@example.com valid-after=\"29990101Z\" " + key)
                .hasMessageContaining("is trusted only from 2999-01-01T00:00:00Z on");
    }

    @Test
    void aSignedTagVouchesForACommitThatIsNotSigned() {
        String key = repository.sshKey("ada", "ed25519");
        String commit = repository.commit("a.yaml", "a", "");
        repository.tag("v1", "ada");
        repository.tag("v2", "");

        assertThat(require(commit, "v1", key)).startsWith("tag v1 by Ada <ada@example.com> is signed by ada (SSH key");
        assertThat(require(commit, "refs/tags/v1", key)).startsWith("tag v1");
        refused(proof(commit, "v2"), commit, key)
                .hasMessageContaining("tag v2 by Ada <ada@example.com> is not signed; commit " + commit);
    }

    @Test
    void aSignedTagUnderAnotherNameOrOfAnotherCommitVouchesForNothing() {
        String key = repository.sshKey("ada", "ed25519");
        String old = repository.commit("a.yaml", "a", "");
        repository.tag("v1", "ada");
        String commit = repository.commit("a.yaml", "b", "");
        repository.git(
                "update-ref", "refs/tags/v2", repository.git("rev-parse", "v1").strip());

        assertThatThrownBy(() ->
                        new SignatureCheck(Instant.now()).require(source("v2", key), tree(old, proof(old, "v2"))))
                .isInstanceOf(RefusedException.class);
        refused(proof(commit, "v1"), commit, key).hasMessageContaining("commit " + commit + " by Ada");
        refused(proof(old, "v1"), commit, key)
                .hasMessageContaining("there is no commit of exactly what would be rendered");
    }

    @Test
    void aSignatureMadeForSomethingElseThanGitIsRefused() {
        String key = repository.sshKey("ada", "ed25519");
        String commit = repository.commit("a.yaml", "a", "");
        GitObject unsigned = proof(commit, "").get(0);
        repository.write("../text", new String(unsigned.content(), StandardCharsets.UTF_8));
        repository.run(List.of(
                "ssh-keygen",
                "-Y",
                "sign",
                "-n",
                "file",
                "-f",
                folder.resolve("keys/ada").toString(),
                folder.resolve("text").toString()));
        String signature = repository
                .run(List.of("cat", folder.resolve("text.sig").toString()))
                .strip()
                .replace("\n", "\n ");
        GitObject signed = new GitObject(
                GitObject.Kind.commit,
                new String(unsigned.content(), StandardCharsets.UTF_8)
                        .replaceFirst("\n\n", "\ngpgsig " + signature + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));

        refused(List.of(signed), signed.id(), key).hasMessageContaining("was made for \"file\", not for Git");
    }

    @Test
    void aFolderThatDiffersFromItsCommitIsRefused() {
        String key = repository.sshKey("ada", "ed25519");
        String commit = repository.commit("a.yaml", "a", "ada");

        refused(List.of(), commit + "-dirty", key).hasMessageContaining("commit the changes, signed");
        refused(List.of(), "", key).hasMessageStartingWith("the folder is required to be signed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | is neither a GPG nor an SSH public key",
                "ssh-ed25519 AAAA ada | is damaged",
                "'' | holds no key",
                "ada cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHgSUzIpQ3nM8DXdOd8cTzF8p5k0Pn0lW8rXGWYVhp3k"
                        + " | the option cert-authority of an SSH key is not supported",
            })
    void whatIsNoKeyIsAnErrorThatSaysWhichOne(String text, String message) {
        assertThatThrownBy(() -> TrustedKeys.read(List.of(text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("source.verify.keys[0]")
                .hasMessageContaining(message);
    }

    private String require(String commit, String name, String key) {
        return new SignatureCheck(Instant.now()).require(source(name, key), tree(commit, proof(commit, name)));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(List<GitObject> proof, String key) {
        return refused(proof, proof.get(proof.size() - 1).id(), key);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            List<GitObject> proof, String revision, String key) {
        return assertThatThrownBy(
                        () -> new SignatureCheck(Instant.now()).require(source("", key), tree(revision, proof)))
                .isInstanceOf(RefusedException.class);
    }

    private List<GitObject> proof(String commit, String name) {
        return GitObjects.leadingTo(repository.folder(), commit, name);
    }

    /** The same commit with another message, under its own right id: only the signature tells. */
    private List<GitObject> tampered(String commit) {
        String content = new String(proof(commit, "").get(0).content(), StandardCharsets.UTF_8);
        return List.of(new GitObject(
                GitObject.Kind.commit, content.replace("change ", "choose ").getBytes(StandardCharsets.UTF_8)));
    }

    private String fingerprint(String user) {
        List<String> list = repository.gpg("--with-colons", "--list-keys", user);
        return repository
                .run(list)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
    }

    private SourceTree tree(String revision, List<GitObject> proof) {
        return new SourceTree(repository.folder(), revision).withProof(proof);
    }

    private static Source source(String revision, String key) {
        return Source.of("", revision, "").withTrustedKeys(List.of(key));
    }
}

package io.jenkins.plugins.gitops.engine.render.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption.Decrypted;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the real sops encrypted. */
class DecryptionTest {
    private static final String YAML = """
            # a comment of the file
            apiVersion: v1
            kind: Secret
            metadata:
              name: login
              labels: {a.b/c: "yes"}
            number: 42
            negative: -7
            float: 1.5
            large: 1.0e+30
            small: 0.000001
            whole: 3.0
            zero: 0.0
            right: true
            wrong: false
            nothing: null
            empty: ""
            list: # sops:enc
              - one
              # a comment of a list
              - two: {three: 3}
              - [4, "5", 6.5]
            date: 2026-01-02
            time: 2026-01-02T03:04:05Z
            text_unencrypted: stays
            stringData:
              password: swordfish
              umlaut: "ä😀 \\" \\\\"
              colon:a: b
              lines: |
                first
                second
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: second}
            data: {answer: "42"}
            """;

    @TempDir
    Path folder;

    private TestSops sops;
    private TestSops.Key key;

    @BeforeEach
    void makeKey() {
        sops = new TestSops(folder);
        key = sops.key();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "encrypted_regex: ^(data|stringData|list)$",
                "unencrypted_regex: ^(metadata|kind|apiVersion)$",
                "encrypted_suffix: password",
                "unencrypted_suffix: Data",
                "encrypted_regex: ^(data|stringData)$\nmac_only_encrypted: true",
                "encrypted_comment_regex: sops:enc",
                "encrypted_comment_regex: sops:enc\nmac_only_encrypted: true",
                "unencrypted_comment_regex: a.comment",
                "unencrypted_suffix: _unencrypted"
            })
    void whateverIsEncryptedIsDecrypted(String rules) throws IOException {
        Path file = sops.encrypted("a.yaml", YAML, key, rules.split("\n"));

        assertThat(Files.readString(file)).contains("ENC[");
        assertThat(decrypt(file).documents()).isEqualTo(withoutTimes(documents("a.yaml", YAML)));
    }

    @Test
    void withoutAnyOptionTheWholeFileIsEncrypted() throws IOException {
        Path file = sops.encrypted("a.yaml", YAML, key);

        assertThat(Files.readString(file))
                .doesNotContain("swordfish", "login", "ConfigMap", "a comment")
                .contains("stays");
        Decrypted decrypted = decrypt(file);
        assertThat(decrypted.documents()).isEqualTo(withoutTimes(documents("a.yaml", YAML)));
        assertThat(decrypted.hidden().texts())
                .contains("swordfish", "first\nsecond\n")
                .doesNotContain("true", "stays");
    }

    @Test
    void jsonIsDecryptedToo() {
        String json = """
                {"apiVersion": "v1", "kind": "Secret", "number": 3, "big": 9007199254740993, "float": 2.50, "exponent": 1e3,
                "list": [1, "two", {"three": true}, null], "empty": {}, "stringData": {"password": "swordfish"}}
                """;
        Path file = sops.encrypted("a.json", json, key);

        assertThat(decrypt(file).documents().toString())
                .isEqualTo(documents("a.json", json).toString().replace("1000.0", "1000"));
    }

    /** Any of several recipients is enough, and keys for nothing do no harm. */
    @Test
    void oneOfSeveralRecipientsIsEnough() {
        TestSops.Key second = sops.key();
        Path file = sops.encrypted("a.yaml", YAML, new TestSops.Key("", key.recipient() + "," + second.recipient()));

        for (TestSops.Key one : List.of(key, second)) {
            Decryption decryption = new Decryption(List.of(sops.key().file(), one.file()));
            assertThat(decryption.decrypt("a.yaml", documents(file)).documents())
                    .hasSize(2);
        }
        assertThatThrownBy(() -> new Decryption(List.of(sops.key().file())).decrypt("a.yaml", documents(file)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a.yaml: is encrypted with SOPS for ")
                .hasMessageContainingAll(key.recipient(), second.recipient(), "the given age keys are others: age1")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void withoutAKeyTheFileIsNamed() {
        Path file = sops.encrypted("a.yaml", YAML, key);

        assertThatThrownBy(() -> new Decryption(List.of()).decrypt("deploy/a.yaml", documents(file)))
                .hasMessageStartingWith("deploy/a.yaml: is encrypted with SOPS for " + key.recipient())
                .hasMessageContaining("no age key is given");
    }

    /** Each is a change that somebody could make without the key. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', textBlock = """
            (?s)(one: )(\\S+)(.*two: )(\\S+) ; $1$4$3$2 ; one was changed or moved
            (one: ENC.AES256_GCM,data:)..         ; $1AA         ; one was changed or moved
            (tag:).                               ; $1_          ; was changed or moved
            (one: )\\S+                           ; $1plain      ; one should be encrypted, and is not
            (plain: )open                         ; $1other      ; was changed since it was encrypted
            (?m)^two: .*\\n                       ;              ; was changed since it was encrypted
            (plain: open)                         ; $1\\nmore: x ; more should be encrypted
            (lastmodified: ").                    ; $13          ; has a MAC that was changed
            (?m)^ +mac: .*                        ;              ; has no MAC
            type:str                              ; type:int     ; is no number
            unencrypted_suffix: plain             ; unencrypted_suffix: two ; plain should be encrypted
            """)
    void aChangeIsAnError(String pattern, String replacement, String message) throws IOException {
        Path file =
                sops.encrypted("a.yaml", "one: first\ntwo: second\nplain: open\n", key, "unencrypted_suffix: plain");
        String text = Files.readString(file);
        String changed = text.replaceFirst(pattern, replacement == null ? "" : replacement.replace("\\n", "\n"));
        assertThat(changed).isNotEqualTo(text);
        List<ObjectNode> documents = documents("a.yaml", changed);
        if (message.equals("has no MAC")) {
            ((ObjectNode) documents.get(0).path("sops")).put("mac", "");
        }

        assertThatThrownBy(() -> new Decryption(List.of(key.file())).decrypt("a.yaml", documents))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a.yaml: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("first");
    }

    /** Chunks of age are 64 KiB: at, below and above, and the empty one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void aTextOfAgeOfAnyLengthIsDecrypted(int length) throws Exception {
        byte[] text = new byte[length];
        new Random(length).nextBytes(text);
        Files.write(folder.resolve("plain"), text);
        TestTools.run(
                folder,
                TestTools.binary("age"),
                "--encrypt",
                "--armor",
                "-r",
                sops.key().recipient(),
                "-r",
                key.recipient(),
                "-o",
                "encrypted",
                "plain");
        AgeFile file = AgeFile.parse(Files.readString(folder.resolve("encrypted")));

        assertThat(file.decrypt(new AgeKeys(List.of(key.file())).all())).get().isEqualTo(text);
        assertThat(file.decrypt(new AgeKeys(List.of(sops.key().file())).all())).isEmpty();
    }

    @Test
    void aTextOfAgeThatWasChangedOrCutAnywhereIsRefused() throws Exception {
        Files.writeString(folder.resolve("plain"), "swordfish");
        TestTools.run(
                folder,
                TestTools.binary("age"),
                "--encrypt",
                "--armor",
                "-r",
                key.recipient(),
                "-o",
                "encrypted",
                "plain");
        List<String> lines = Files.readAllLines(folder.resolve("encrypted"));
        byte[] binary = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        assertThat(isRead(lines, binary)).isTrue();
        for (int i = 0; i < binary.length; i++) {
            byte[] changed = binary.clone();
            changed[i] ^= 1;
            assertThat(isRead(lines, changed)).as("byte " + i + " changed").isFalse();
            assertThat(isRead(lines, Arrays.copyOf(binary, i)))
                    .as("cut at " + i)
                    .isFalse();
        }
        assertThat(isRead(lines, Arrays.copyOf(binary, binary.length + 1))).isFalse();
    }

    private boolean isRead(List<String> lines, byte[] binary) {
        String armoured =
                lines.get(0) + "\n" + Base64.getEncoder().encodeToString(binary) + "\n" + lines.get(lines.size() - 1);
        try {
            return AgeFile.parse(armoured)
                    .decrypt(new AgeKeys(List.of(key.file())).all())
                    .isPresent();
        } catch (DecryptionException e) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AGE-SECRET-KEY-1QQQQ                                | is no secret key of age
            AGE-SECRET-KEY-PQ-1QQQQ                             | is a post-quantum key, which is not supported
            AGE-PLUGIN-YUBIKEY-1QQQ                             | is a key of an age plugin
            -----BEGIN OPENSSH PRIVATE KEY-----                 | is an SSH or PEM key
            swordfish                                           | is no secret key of age
            """)
    void aKeyThatIsNoneIsToldWithItsLineAndNotQuoted(String text, String message) {
        Path file = sops.encrypted("a.yaml", YAML, key);

        assertThatThrownBy(() -> new Decryption(List.of("# comment\n\n" + text)).decrypt("a", documents(file)))
                .hasMessageStartingWith("the age keys, line 3: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("swordfish");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"mac": "x", "pgp": [{"fp": "F"}], "kms": []}      | only age keys are supported
            {"mac": "x", "age": [], "kms": [{"arn": "a"}]}     | is encrypted with SOPS for kms
            {"mac": "x", "key_groups": [{"age": []}]}          | shared among groups
            {"mac": "x", "age": [{"enc": "nothing"}]}          | not encrypted with age
            """)
    void whatIsNotSupportedIsSaid(String metadata, String message) {
        List<ObjectNode> documents = documents("a.json", "{\"sops\": " + metadata + ", \"a\": \"b\"}");

        assertThat(Decryption.isEncrypted(documents.get(0))).isTrue();
        assertThatThrownBy(() -> new Decryption(List.of(key.file())).decrypt("a.json", documents))
                .hasMessageStartingWith("a.json: ")
                .hasMessageContaining(message);
    }

    private Decrypted decrypt(Path file) {
        return new Decryption(List.of(key.file())).decrypt("a", documents(file));
    }

    private static List<ObjectNode> documents(Path file) {
        try {
            return documents(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> documents(String name, String text) {
        return new YamlReader()
                .read(name, text.getBytes(StandardCharsets.UTF_8)).stream()
                        .map(YamlDocument::content)
                        .toList();
    }

    /** Sops reads a date as a time, and writes it so. */
    private static List<ObjectNode> withoutTimes(List<ObjectNode> documents) {
        documents.get(0).put("date", "2026-01-02T00:00:00Z");
        return documents;
    }
}

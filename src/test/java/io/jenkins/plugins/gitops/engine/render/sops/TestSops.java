package io.jenkins.plugins.gitops.engine.render.sops;

import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real sops and age, which {@code make tools} builds, with a key of their own. */
public final class TestSops {
    private final Path folder;

    /** @param folder in which files are encrypted */
    public TestSops(Path folder) {
        this.folder = folder;
    }

    /** A key as age makes them. */
    public record Key(String file, String recipient) {}

    public Key key() {
        ToolOutput output = TestTools.run(folder, TestTools.binary("age-keygen"));
        String file = new String(output.output(), StandardCharsets.UTF_8);
        String recipient = file.lines()
                .filter(line -> line.startsWith("# public key: "))
                .findFirst()
                .orElseThrow()
                .substring("# public key: ".length());
        return new Key(file, recipient);
    }

    /**
     * Writes a file and encrypts it in place.
     *
     * @param rules of the creation rule, as {@code .sops.yaml} has them: {@code encrypted_regex: ^data$}
     */
    public Path encrypted(String name, String text, Key key, String... rules) {
        return encrypted(name, text.getBytes(StandardCharsets.UTF_8), key, rules);
    }

    /** The same for a file that is no text. */
    public Path encrypted(String name, byte[] content, Key key, String... rules) {
        Path file = folder.resolve(name);
        Path configuration = folder.resolve(".sops.yaml");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.writeString(
                    configuration,
                    "creation_rules:\n- age: " + key.recipient() + "\n  " + String.join("\n  ", rules) + "\n");
            TestTools.run(
                    folder,
                    TestTools.binary("sops"),
                    "--config",
                    configuration.toString(),
                    "encrypt",
                    "--in-place",
                    file.toString());
            Files.delete(configuration);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

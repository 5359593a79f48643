package io.jenkins.plugins.gitops.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The keys that decrypt SOPS files: those of the option, else those that sops itself would find. */
final class AgeKeyOptions {
    @Option(
            names = "--age-key-file",
            paramLabel = "FILE",
            description =
                    "Secret keys of age, as age-keygen writes them, for files that SOPS encrypted. Can be given several times."
                            + " Default, as for sops: SOPS_AGE_KEY, the file of SOPS_AGE_KEY_FILE, and"
                            + " ~/.config/sops/age/keys.txt.")
    private List<String> files = List.of();

    List<String> keys(Console console) {
        List<String> keys = new ArrayList<>();
        InputFile input = new InputFile(console);
        for (String file : files) {
            keys.add(text(input.read("--age-key-file", file)));
        }
        if (!files.isEmpty()) {
            return keys;
        }
        console.variable("SOPS_AGE_KEY").ifPresent(keys::add);
        console.variable("SOPS_AGE_KEY_FILE").ifPresent(file -> keys.add(text(input.read("SOPS_AGE_KEY_FILE", file))));
        Path own = console.folder("XDG_CONFIG_HOME", ".config").resolveSibling("sops/age/keys.txt");
        if (Files.isRegularFile(own)) {
            keys.add(text(input.read("sops", own.toString())));
        }
        return keys;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

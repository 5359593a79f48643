package io.jenkins.plugins.gitops.engine.application;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code source.verify}: whose signature a revision needs. */
final class VerifyForm {
    private static final int LARGEST = 1 << 20;

    private final Path folder;

    /** @param folder against which key files are resolved */
    VerifyForm(Path folder) {
        this.folder = folder;
    }

    /** The trusted keys; empty when the block is absent. */
    List<String> read(Block source, Block block) {
        List<String> keys = new ArrayList<>(block.texts("keys"));
        List<String> files = block.texts("keyFiles");
        for (String file : files) {
            read(block, file, keys);
        }
        if (source.has("verify") && keys.isEmpty() && files.isEmpty()) {
            source.report("verify", source.path("verify") + " names no key: give keys or keyFiles, or remove it");
        }
        block.finish();
        return keys;
    }

    private void read(Block block, String file, List<String> keys) {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            byte[] text = in.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                block.report("keyFiles", "the key file " + file + " is longer than " + LARGEST + " bytes");
            } else {
                keys.add(new String(text, StandardCharsets.UTF_8));
            }
        } catch (IOException | InvalidPathException e) {
            block.report("keyFiles", "the key file " + file + " cannot be read: " + e.getMessage());
        }
    }
}

package io.jenkins.plugins.gitops.application;

import hudson.util.AtomicFileWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A text beside an item's config.xml. It is written to a temporary file that is then moved, so a reader never sees half. */
public final class JobFile {
    private final Supplier<File> folder;
    private final String name;

    /** @param folder where the item is now; it moves when the item does */
    public JobFile(Supplier<File> folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Empty when there is none. */
    public Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(path()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public void write(String text) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(path(), StandardCharsets.UTF_8)) {
            writer.write(text);
            writer.commit();
        }
    }

    private Path path() {
        return folder.get().toPath().resolve(name);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}

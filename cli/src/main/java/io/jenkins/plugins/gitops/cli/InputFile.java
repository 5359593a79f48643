package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that options name; {@code -} is standard input. */
record InputFile(Console console) {
    byte[] read(String option, String file) {
        try {
            if (file.equals("-")) {
                return console.in().readAllBytes();
            }
            Path path = console.workingFolder().resolve(file);
            if (Files.isDirectory(path)) {
                throw new InvalidInputException(option, file + " is a folder; give a file");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(option, "there is no file " + file);
        } catch (IOException e) {
            throw new InvalidInputException(option, "cannot read " + file + ": " + e.getMessage());
        }
    }
}

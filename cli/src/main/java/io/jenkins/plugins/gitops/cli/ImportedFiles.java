package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.SafeFiles;
import io.jenkins.plugins.gitops.engine.importing.ImportedApplication;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes application files: all of them, or none. */
record ImportedFiles(Path folder, boolean overwrite) {

    /**
     * The files, in the order of the applications.
     *
     * @throws RefusedException when one is there and may not be replaced; then nothing was written
     */
    List<String> write(List<ImportedApplication> applications) {
        List<Path> files = applications.stream()
                .map(application -> folder.resolve(application.name() + ".yaml"))
                .toList();
        List<Path> there = files.stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!overwrite && !there.isEmpty()) {
            throw new RefusedException("Nothing was written, because "
                    + String.join(", ", there.stream().map(Path::toString).toList())
                    + (there.size() == 1 ? " is" : " are")
                    + " there already. Choose another folder, or replace with --overwrite.");
        }
        try {
            Files.createDirectories(folder);
            place(applications, files);
        } catch (IOException e) {
            throw new InvalidInputException("--into", "cannot write to " + folder + ": " + e);
        }
        return files.stream().map(Path::toString).toList();
    }

    /** Written beside their places first, so that a full disk leaves all as it was. */
    private void place(List<ImportedApplication> applications, List<Path> files) throws IOException {
        Path beside = Files.createTempDirectory(folder, ".import-");
        try {
            List<Path> written = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                Path file = beside.resolve(i + ".yaml");
                SafeFiles.write(file, applications.get(i).yaml().getBytes(StandardCharsets.UTF_8));
                written.add(file);
            }
            for (int i = 0; i < files.size(); i++) {
                Files.move(written.get(i), files.get(i), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            remove(beside);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

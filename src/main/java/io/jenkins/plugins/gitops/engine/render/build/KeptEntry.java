package io.jenkins.plugins.gitops.engine.render.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or folder that a cache keeps, in a folder that many processes may use.
 *
 * @param size of a file, in bytes
 * @param used when it was last, by its time of modification
 */
public record KeptEntry(Path path, long size, FileTime used) {
    /** All of a folder, what was used last first. */
    public static List<KeptEntry> in(Path folder) throws IOException {
        List<KeptEntry> entries = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                try {
                    entries.add(new KeptEntry(path, Files.size(path), Files.getLastModifiedTime(path)));
                } catch (NoSuchFileException e) {
                    // Another process was here first.
                    continue;
                }
            }
        }
        entries.sort(Comparator.comparing(KeptEntry::used).reversed());
        return entries;
    }
}

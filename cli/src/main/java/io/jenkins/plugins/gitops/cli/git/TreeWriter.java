package io.jenkins.plugins.gitops.cli.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes a commit's files into an empty folder, byte for byte: no line ending, filter or attribute changes them.
 *
 * <p>Whatever a hostile tree holds, nothing is written outside of the folder: names that are no plain file names are
 * refused, symbolic links are made last so that no file is written through one, and an existing file is never replaced.
 */
final class TreeWriter {
    private final Repository repository;

    TreeWriter(Repository repository) {
        this.repository = repository;
    }

    void write(ObjectId commit, Path folder) throws IOException {
        Map<Path, ObjectId> links = new LinkedHashMap<>();
        ObjectChecker names = new ObjectChecker();
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                Path file = inside(folder, names, walk.getPathString());
                FileMode mode = walk.getFileMode(0);
                if (mode == FileMode.SYMLINK) {
                    links.put(file, walk.getObjectId(0));
                } else if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
                    writeFile(file, walk.getObjectId(0), mode == FileMode.EXECUTABLE_FILE);
                }
            }
        }
        for (Map.Entry<Path, ObjectId> link : links.entrySet()) {
            writeLink(folder, link.getKey(), link.getValue());
        }
    }

    private static Path inside(Path folder, ObjectChecker names, String path) throws IOException {
        try {
            names.checkPath(path);
        } catch (CorruptObjectException e) {
            throw new IOException("the repository holds a file whose name is not allowed: " + path, e);
        }
        return folder.resolve(path);
    }

    private void writeFile(Path file, ObjectId blob, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            repository.open(blob).copyTo(out);
        }
        if (executable && Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void writeLink(Path folder, Path link, ObjectId blob) throws IOException {
        Files.createDirectories(link.getParent());
        if (!link.getParent().toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException("the repository holds a file below a symbolic link: " + folder.relativize(link));
        }
        String target = new String(repository.open(blob).getBytes(), StandardCharsets.UTF_8);
        Files.createSymbolicLink(link, Path.of(target));
    }
}

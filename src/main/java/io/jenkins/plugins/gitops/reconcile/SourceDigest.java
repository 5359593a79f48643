package io.jenkins.plugins.gitops.reconcile;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * A digest of all the files of a checkout that rendering may read: equal digests, equal manifests. Run in the checkout.
 *
 * <p>That is the application's folder, or the whole checkout where a file there can name files elsewhere.
 *
 * @param path the application's folder, relative to the checkout; empty for all of it
 */
public record SourceDigest(String path) implements ControllerToAgentFileCallable<String> {
    private static final Set<String> NAMES_OTHERS =
            Set.of("Chart.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final int BUFFER = 1 << 16;

    @Override
    public String invoke(File checkout, VirtualChannel channel) throws IOException, InterruptedException {
        Path root = checkout.toPath();
        Path folder = root.resolve(path).normalize();
        if (folder.startsWith(root) && Files.isDirectory(folder)) {
            Tree tree = Tree.of(folder);
            if (tree.standsAlone()) {
                return tree.digest(root);
            }
        }
        return Tree.of(root).digest(root);
    }

    /** Every file below a folder, and whether none of them can lead out of it. */
    private record Tree(List<Path> files, boolean standsAlone) {
        static Tree of(Path folder) throws IOException {
            List<Path> files = new ArrayList<>();
            boolean[] alone = {true};
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return isNamed(directory, ".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isNamed(file, ".git")) {
                        files.add(file);
                        alone[0] &= attributes.isRegularFile()
                                && NAMES_OTHERS.stream().noneMatch(n -> isNamed(file, n));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            Collections.sort(files);
            return new Tree(files, alone[0]);
        }

        private static boolean isNamed(Path path, String name) {
            Path last = path.getFileName();
            return last != null && last.toString().equals(name);
        }

        String digest(Path root) throws IOException, InterruptedException {
            MessageDigest all = sha256();
            for (Path file : files) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                String content = Files.isSymbolicLink(file)
                        ? "link to " + Files.readSymbolicLink(file)
                        : HexFormat.of().formatHex(content(file));
                all.update((root.relativize(file) + "\0" + content + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(all.digest());
        }

        private static byte[] content(Path file) throws IOException {
            MessageDigest digest = sha256();
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            return digest.digest();
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}

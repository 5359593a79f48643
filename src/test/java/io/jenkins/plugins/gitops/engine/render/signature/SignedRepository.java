package io.jenkins.plugins.gitops.engine.render.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A repository whose commits and tags the real git, gpg and ssh-keygen sign. */
public final class SignedRepository implements AutoCloseable {
    private final Path folder;
    private final Path home;

    /** @param folder empty; the key rings and keys are beside the work tree */
    public SignedRepository(Path folder) {
        this.folder = folder.resolve("work");
        this.home = folder.resolve("keys");
        try {
            Files.createDirectories(this.folder);
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("init", "--quiet", "--initial-branch=main");
    }

    /** Whether this machine has what signs. */
    public static boolean toolsAreHere() {
        return List.of("git", "gpg", "ssh-keygen").stream()
                .allMatch(tool -> List.of("/usr/bin", "/usr/local/bin", "/bin", "/opt/homebrew/bin").stream()
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, tool))));
    }

    public Path folder() {
        return folder;
    }

    /**
     * A new GPG key without a passphrase.
     *
     * @param more options of gpg, such as a time that it shall believe in
     * @return its public key, armoured
     */
    public String gpgKey(String user, String algorithm, String usage, String expiry, String... more) {
        List<String> command = gpg(more);
        command.addAll(List.of("--passphrase", "", "--quick-generate-key", user, algorithm, usage, expiry));
        run(command);
        return gpgExport(user);
    }

    public String gpgExport(String user) {
        List<String> command = gpg();
        command.addAll(List.of("--armor", "--export", user));
        return run(command);
    }

    public List<String> gpg(String... more) {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--homedir", home.toString(), "--batch", "--no-tty", "--pinentry-mode", "loopback"));
        command.addAll(List.of(more));
        return command;
    }

    /** @return the line of the public key */
    public String sshKey(String name, String... algorithm) {
        List<String> command = new ArrayList<>(List.of(
                "ssh-keygen",
                "-q",
                "-N",
                "",
                "-C",
                name,
                "-f",
                home.resolve(name).toString(),
                "-t"));
        command.addAll(List.of(algorithm));
        run(command);
        return read(home.resolve(name + ".pub")).strip();
    }

    /** A signed commit; the signer is a GPG user, or the name of an SSH key. */
    public String commit(String file, String text, String signer) {
        write(file, text);
        git("add", "--all");
        List<String> arguments = new ArrayList<>(signing(signer));
        arguments.addAll(List.of("commit", "--quiet", "--message", "change " + file));
        arguments.add(signer.isEmpty() ? "--no-gpg-sign" : "--gpg-sign");
        git(arguments.toArray(String[]::new));
        return git("rev-parse", "HEAD").strip();
    }

    public void tag(String name, String signer) {
        List<String> arguments = new ArrayList<>(signing(signer));
        arguments.addAll(
                List.of("tag", signer.isEmpty() ? "--annotate" : "--sign", "--message", "release " + name, name));
        git(arguments.toArray(String[]::new));
    }

    private List<String> signing(String signer) {
        Path ssh = home.resolve(signer);
        return !signer.isEmpty() && Files.exists(ssh)
                ? List.of("-c", "gpg.format=ssh", "-c", "user.signingKey=" + ssh)
                : List.of("-c", "user.signingKey=" + signer);
    }

    public void write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    public String run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GNUPGHOME", home.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + who + "_NAME", "Ada");
            builder.environment().put("GIT_" + who + "_EMAIL", "ada@example.com");
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + " fails: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its gpg-agent would outlive the test. */
    @Override
    public void close() {
        run(List.of("gpgconf", "--homedir", home.toString(), "--kill", "all"));
    }
}

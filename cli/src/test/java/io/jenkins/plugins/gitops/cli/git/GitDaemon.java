package io.jenkins.plugins.gitops.cli.git;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Git's own server on loopback, for what a repository on disk cannot show. */
final class GitDaemon implements AutoCloseable {
    private final Process process;
    private final int port;

    private GitDaemon(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Serves every repository below the folder. */
    static GitDaemon serve(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // `git --exec-path` rather than `git daemon`: git would start the server as a child that outlives it.
        Process where = new ProcessBuilder("git", "--exec-path").start();
        String programs = new String(where.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Process process = new ProcessBuilder(
                        Path.of(programs, "git-daemon").toString(),
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--export-all",
                        "--base-path=" + folder)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        GitDaemon daemon = new GitDaemon(process, port);
        daemon.awaitAnswer();
        return daemon;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                if (attempt > 50 || !process.isAlive()) {
                    close();
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    String url(String repository) {
        return "git://127.0.0.1:" + port + "/" + repository;
    }

    @Override
    public void close() {
        process.destroy();
    }
}

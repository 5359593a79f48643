package io.jenkins.plugins.gitops.cli.git;

import java.io.File;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;

/** How a repository is talked to: the person's own keys and passwords, and a limit on silence. Asks nobody. */
final class Connection {
    /** A server that says nothing for so long is taken for unreachable; seconds. */
    private static final int SILENCE = 30;

    private final GitUrl url;

    Connection(GitUrl url) {
        this.url = url;
    }

    <C extends TransportCommand<C, ?>> C prepare(C command) {
        command.setTimeout(SILENCE);
        if (url.isSsh()) {
            SshdSessionFactory ssh = sshFactory();
            command.setTransportConfigCallback(transport -> {
                if (transport instanceof SshTransport connection) {
                    connection.setSshSessionFactory(ssh);
                }
            });
        } else if (!url.isFile()) {
            command.setCredentialsProvider(new NetRCCredentialsProvider());
        }
        return command;
    }

    /** Keys and known hosts of ~/.ssh; keys of ssh-agent where SSH_AUTH_SOCK names one. */
    private static SshdSessionFactory sshFactory() {
        File home = FS.DETECTED.userHome();
        return new SshdSessionFactoryBuilder()
                .setPreferredAuthentications("publickey")
                .setHomeDirectory(home)
                .setSshDirectory(new File(home, ".ssh"))
                .build(null);
    }
}

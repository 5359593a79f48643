package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** Turns what JGit throws into a message for the person who must act. */
final class GitFailure {
    private GitFailure() {}

    static GitOpsException explain(GitUrl url, Exception thrown) {
        String said = url.redact(innermost(thrown));
        if (isAuthentication(said)) {
            return new ClusterException(
                    "The Git server did not let us into " + url + ": " + said + ". " + hint(url), thrown);
        }
        if (has(thrown, NoRemoteRepositoryException.class)
                || said.contains("not found")
                || said.contains("not exported")) {
            if (url.isFile()) {
                return new InvalidInputException("source", "there is no Git repository at " + url);
            }
            return new ClusterException(
                    "There is no Git repository at " + url + ", or none that we may see. Check the URL. " + hint(url),
                    thrown);
        }
        return new ClusterException("Cannot reach the Git repository " + url + ": " + reason(thrown, said), thrown);
    }

    private static String reason(Exception thrown, String said) {
        if (has(thrown, UnresolvedAddressException.class)) {
            return "unknown host. Check the URL and the name server.";
        }
        if (has(thrown, UnknownHostException.class)) {
            return "unknown host (" + said + "). Check the URL and the name server.";
        }
        if (has(thrown, ConnectException.class) || has(thrown, NoRouteToHostException.class)) {
            return "nobody answers at that address (" + said + "). Check the URL, the network and the proxy.";
        }
        if (has(thrown, SocketTimeoutException.class)) {
            return "the server did not answer in time. Check the network and the proxy, then try again.";
        }
        if (has(thrown, SSLException.class)) {
            return "the server's certificate is not trusted (" + said + "). Add its authority to Java's trust store.";
        }
        if (said.contains("host key") || said.contains("server key") || said.contains("known_hosts")) {
            return "the server's host key is not known. Connect once with ssh, or add the key to ~/.ssh/known_hosts.";
        }
        return said;
    }

    private static boolean isAuthentication(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return text.contains("not authorized")
                || text.contains("authentication is required")
                || text.contains("authentication not supported")
                || text.contains("auth fail")
                || text.contains("cannot log in")
                || text.contains("no more authentication methods")
                || text.contains("not permitted");
    }

    private static String hint(GitUrl url) {
        return url.isSsh()
                ? "Give a key in ~/.ssh or in ssh-agent that the server knows."
                : "Give user and token in the URL or in ~/.netrc.";
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable thrown) {
        String text = String.valueOf(thrown.getMessage());
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                text = cause.getMessage();
            }
        }
        return text;
    }
}

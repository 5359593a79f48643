package io.jenkins.plugins.gitops.engine.render.build;

/**
 * What lets us into one chart repository. It is written to files that only this user can read, for one run of helm; never to
 * its arguments.
 *
 * @param url of the repository, {@code https://…} or {@code oci://…}; credentials are for this URL alone, of a registry for
 *     all that it holds
 * @param user empty for a repository that takes tokens alone
 * @param password or a token
 */
public record RepositoryCredentials(String url, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "credentials for " + url;
    }
}

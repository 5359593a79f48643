package io.jenkins.plugins.gitops.application;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Which heads of which remote a {@link GitSCM} follows, where one {@code ls-remote} from the controller tells: one remote,
 * no variables, and nothing that needs a workspace.
 */
final class GitHeads {
    private static final String BRANCHES = "refs/heads/";

    private final GitSCM scm;
    private final UserRemoteConfig remote;
    private final Run<?, ?> last;

    private GitHeads(GitSCM scm, UserRemoteConfig remote, Run<?, ?> last) {
        this.scm = scm;
        this.remote = remote;
        this.last = last;
    }

    /**
     * Where the answer to one question is the answer to another: only what was asked with the very same credential is told to
     * whoever has it.
     */
    record Remote(String url, @CheckForNull String refspec, Identity credentials) {}

    /** Credentials equal others of the same id, though they are of another folder. */
    static final class Identity {
        private final Object object;

        Identity(@CheckForNull Object object) {
            this.object = object;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    /** @param last the build in whose name the server is asked */
    static Optional<GitHeads> of(GitSCM scm, Run<?, ?> last) {
        List<UserRemoteConfig> remotes = scm.getUserRemoteConfigs();
        if (remotes.size() != 1 || scm.requiresWorkspaceForPolling()) {
            return Optional.empty();
        }
        UserRemoteConfig remote = remotes.get(0);
        boolean variable = Stream.concat(
                        Stream.of(remote.getUrl(), remote.getRefspec()),
                        scm.getBranches().stream().map(BranchSpec::getName))
                .filter(Objects::nonNull)
                .anyMatch(text -> text.contains("$"));
        return variable || Util.fixEmpty(remote.getUrl()) == null
                ? Optional.empty()
                : Optional.of(new GitHeads(scm, remote, last));
    }

    Remote remote() {
        String id = Util.fixEmpty(remote.getCredentialsId());
        Object credentials = id == null
                ? null
                : CredentialsProvider.findCredentialById(
                        id,
                        StandardUsernameCredentials.class,
                        last,
                        URIRequirementBuilder.fromUri(remote.getUrl()).build());
        return new Remote(remote.getUrl(), Util.fixEmpty(remote.getRefspec()), new Identity(credentials));
    }

    /** One {@code ls-remote}. */
    Map<String, ObjectId> ask(TaskListener listener) throws IOException, InterruptedException {
        return scm.createClient(listener, new EnvVars(), last, null).getHeadRev(remote.getUrl());
    }

    /** Of all heads those that the branch specifiers mean, as polling reads them; empty when they mean none of them. */
    SortedMap<String, String> followed(Map<String, ObjectId> heads) {
        String name = Util.fixEmpty(remote.getName()) == null ? "origin" : remote.getName();
        EnvVars none = new EnvVars();
        SortedMap<String, String> followed = new TreeMap<>();
        heads.forEach((head, commit) -> {
            String tracking = name + "/" + (head.startsWith(BRANCHES) ? head.substring(BRANCHES.length()) : head);
            if (scm.getBranches().stream()
                    .anyMatch(branch -> branch.matches(head, none) || branch.matches(tracking, none))) {
                followed.put(head, commit.name());
            }
        });
        return followed;
    }
}

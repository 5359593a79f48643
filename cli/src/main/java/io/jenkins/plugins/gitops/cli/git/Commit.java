package io.jenkins.plugins.gitops.cli.git;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Who wrote a commit, and what its first line says; both empty when that is not known.
 *
 * @param author {@code name <address>}
 */
public record Commit(String author, String subject) {
    public static final Commit UNKNOWN = new Commit("", "");

    private static final Pattern ID = Pattern.compile("([0-9a-f]{40})(?:-dirty)?");

    /** Never fails: a sync is not worth less because nobody knows who wrote the commit. */
    static Commit of(Repository repository, String revision) {
        Matcher id = ID.matcher(revision);
        if (!id.matches()) {
            return UNKNOWN;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(id.group(1)));
            String address = commit.getAuthorIdent().getEmailAddress();
            return new Commit(
                    commit.getAuthorIdent().getName() + (address.isEmpty() ? "" : " <" + address + ">"),
                    commit.getShortMessage());
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}

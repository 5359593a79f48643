package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.GitObject;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requires that a revision was signed by one of a source's trusted keys: the commit itself, or the annotated tag by which it
 * was asked for. The keys must be valid now: when a signature was made is what its maker says.
 */
public final class SignatureCheck {
    private static final Pattern WHO = Pattern.compile("(?m)^(?:author|tagger) (.*>) \\d+ ");
    private static final Pattern TARGET = Pattern.compile("\\Aobject ([0-9a-f]{40})\n");
    private static final Pattern NAME = Pattern.compile("(?m)^tag (.+)$");

    private final Instant now;

    public SignatureCheck(Instant now) {
        this.now = now;
    }

    /** @throws InvalidInputException when a text holds no key, or one that is refused by name */
    public static void requireKeys(List<String> trustedKeys) {
        TrustedKeys.read(trustedKeys);
    }

    /**
     * Who signed, as people know it.
     *
     * @param source with trusted keys
     * @param tree its checkout, with proof
     * @throws InvalidInputException when a trusted key is none
     * @throws RefusedException unless one of them signed; the message says who did, and what to do
     */
    public String require(Source source, SourceTree tree) {
        TrustedKeys trusted = TrustedKeys.read(source.trustedKeys());
        if (source.isChart()) {
            throw new InvalidInputException(
                    "source.verify", "is for Git; a chart of a chart repository has no commit that could be signed");
        }
        List<GitObject> chain = tree.proof();
        // The first of several checkouts has the revisions of all.
        String revision = tree.revision().split(",", -1)[0];
        if (chain.isEmpty() || !isOf(chain, source, revision)) {
            throw refused(
                    (revision.isEmpty() ? "the folder" : "commit " + revision)
                            + " is required to be signed, and there is no commit of exactly what would be rendered",
                    revision.endsWith("-dirty")
                            ? "The folder differs from its commit: commit the changes, signed"
                            : "Give a Git repository, and a commit, branch or tag of it",
                    trusted);
        }
        List<String> reasons = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (GitObject object : chain) {
            switch (check(object, trusted)) {
                case Verdict.Trusted good -> {
                    return shown(object) + " is signed by " + good.signer();
                }
                case Verdict.Refused refusal -> {
                    reasons.add(shown(object) + " " + refusal.why());
                    remedies.add(refusal.remedy());
                }
            }
        }
        throw refused(String.join("; ", reasons), remedies.get(0), trusted);
    }

    private static RefusedException refused(String why, String remedy, TrustedKeys trusted) {
        return new RefusedException(
                why + ". Nothing was rendered. " + remedy + ". Trusted are: " + trusted.shown() + ".");
    }

    private Verdict check(GitObject object, TrustedKeys trusted) {
        Optional<SignedText> signed = SignedText.of(object);
        if (signed.isEmpty()) {
            return new Verdict.Refused(
                    "is not signed",
                    object.kind() == GitObject.Kind.tag
                            ? "Sign the tag (git tag -s) or the commit (git commit -S)"
                            : "Sign it (git commit --amend -S), or put a signed tag on it and deploy that");
        }
        String armour = signed.get().signature();
        if (armour.startsWith(SignedText.SSH)) {
            return new SshSignature(trusted, now).check(signed.get());
        }
        if (armour.startsWith(SignedText.PGP)) {
            return new PgpSignature(trusted, now).check(signed.get());
        }
        return new Verdict.Refused(
                "has a signature that is neither GPG's nor SSH's (X.509 is not supported)", "Sign it with GPG or SSH");
    }

    /** Whether the ids of Git's objects lead from the first to the revision, and a tag's name is the one asked for. */
    private static boolean isOf(List<GitObject> chain, Source source, String revision) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            Matcher target = TARGET.matcher(text(chain.get(i)));
            if (!target.find() || !target.group(1).equals(chain.get(i + 1).id())) {
                return false;
            }
        }
        if (chain.size() > 1) {
            // A signed tag of an old release under the name of a new one is a way back to its errors.
            Matcher name = NAME.matcher(text(chain.get(0)));
            String asked = source.revision().replaceFirst("^refs/tags/", "");
            if (!name.find() || !(asked.isEmpty() || name.group(1).equals(asked))) {
                return false;
            }
        }
        GitObject last = chain.get(chain.size() - 1);
        return last.kind() == GitObject.Kind.commit && last.id().equals(revision);
    }

    private static String shown(GitObject object) {
        String content = text(object);
        Matcher who = WHO.matcher(content);
        Matcher name = NAME.matcher(content);
        String called = object.kind() == GitObject.Kind.tag && name.find() ? "tag " + name.group(1) : object.toString();
        return called + (who.find() ? " by " + who.group(1) : "");
    }

    private static String text(GitObject object) {
        return new String(object.content(), StandardCharsets.UTF_8);
    }
}

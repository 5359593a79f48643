package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What came of {@code gitopsWait}, as a script reads it. */
public final class WaitResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final String url;
    private final String verdict;
    private final String health;
    private final String revision;

    WaitResult(String application, String url, String verdict, String health, String revision) {
        this.application = application;
        this.url = url;
        this.verdict = verdict;
        this.health = health;
        this.revision = revision;
    }

    /** The full name of the item. */
    @Whitelisted
    public String getApplication() {
        return application;
    }

    /** Of the item, relative to Jenkins's root. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Of the worst object; null when no object has a health. */
    @CheckForNull
    @Whitelisted
    public String getHealth() {
        return health;
    }

    /** That was synced last. */
    @Whitelisted
    public String getRevision() {
        return revision;
    }
}

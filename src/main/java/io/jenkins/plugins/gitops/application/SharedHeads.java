package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import hudson.triggers.SCMTrigger;
import hudson.util.LogTaskListener;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.eclipse.jgit.lib.ObjectId;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One answer of a Git server for all applications that poll it at about the same time, as a schedule makes them do.
 *
 * <p>A push may come between the answer and a poll that is content with it, and nothing may announce that push again.
 * Therefore, whoever is told nothing by an answer that is older than his question is noted, and asked for once more when the
 * answer has expired.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class SharedHeads {
    private static final Logger LOGGER = Logger.getLogger(SharedHeads.class.getName());

    /** A schedule's polls begin within seconds of each other. */
    private static final Duration LIFETIME = Duration.ofSeconds(15);

    private final ConcurrentMap<GitHeads.Remote, Slot> slots = new ConcurrentHashMap<>();

    static SharedHeads get() {
        return ExtensionList.lookupSingleton(SharedHeads.class);
    }

    /** What an answer says, and how old it was when it was given. */
    record Answer(Map<String, ObjectId> heads, Duration age) {}

    /** The remote's heads; the server is asked when nobody asked it just now. */
    Answer heads(GitHeads git, TaskListener listener) throws IOException, InterruptedException {
        return slots.computeIfAbsent(git.remote(), remote -> new Slot()).heads(git, listener);
    }

    /** An application made nothing of an answer that was older than its question. */
    void silenced(GitHeads git, GitOpsApplication application) {
        GitHeads.Remote remote = git.remote();
        Slot slot = slots.computeIfAbsent(remote, key -> new Slot());
        if (slot.silence(application)) {
            Timer.get().schedule(() -> slot.askOnceMore(git), LIFETIME.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Somebody says that there are new commits: what is known is old. */
    void forget() {
        slots.clear();
    }

    private static final class Slot {
        private final ReentrantLock asking = new ReentrantLock();
        private Map<String, ObjectId> heads;
        private long asked;
        private final Set<GitOpsApplication> silenced = new HashSet<>();

        Answer heads(GitHeads git, TaskListener listener) throws IOException, InterruptedException {
            long question = System.nanoTime();
            asking.lockInterruptibly();
            try {
                if (heads == null || System.nanoTime() - asked > LIFETIME.toNanos()) {
                    long now = System.nanoTime();
                    heads = null;
                    heads = Map.copyOf(git.ask(listener));
                    asked = now;
                }
                return new Answer(heads, Duration.ofNanos(Math.max(0, question - asked)));
            } finally {
                asking.unlock();
            }
        }

        /** Whether it is the first since the server was asked once more. */
        synchronized boolean silence(GitOpsApplication application) {
            boolean first = silenced.isEmpty();
            silenced.add(application);
            return first;
        }

        private synchronized Set<GitOpsApplication> takeSilenced() {
            Set<GitOpsApplication> taken = Set.copyOf(silenced);
            silenced.clear();
            return taken;
        }

        void askOnceMore(GitHeads git) {
            Set<GitOpsApplication> applications = takeSilenced();
            try {
                Map<String, ObjectId> before = heads;
                Map<String, ObjectId> now =
                        heads(git, new LogTaskListener(LOGGER, Level.FINE)).heads();
                if (!now.equals(before)) {
                    applications.forEach(Slot::pollAgain);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | GitException e) {
                LOGGER.log(Level.FINE, e, () -> "the next poll asks again");
                applications.forEach(Slot::pollAgain);
            }
        }

        private static void pollAgain(GitOpsApplication application) {
            SCMTrigger trigger = application.getSCMTrigger();
            if (trigger != null) {
                trigger.run();
            } else if (application.poll(new LogTaskListener(LOGGER, Level.FINE)).hasChanges()) {
                // Some other trigger polled; it has no way to be told to poll again.
                application.scheduleBuild2(
                        application.getQuietPeriod(), new hudson.model.CauseAction(new SCMTrigger.SCMTriggerCause("")));
            }
        }
    }
}

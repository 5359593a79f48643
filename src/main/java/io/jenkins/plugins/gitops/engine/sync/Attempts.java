package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Syncer.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tries a sync again that failed for something that may pass (SEMANTICS 7): after a pause that grows, with a fresh comparison,
 * until it succeeds, fails for good, or Git has a newer revision. This is the patience of a whole sync; single requests have a
 * shorter one of their own, some seconds in all, which the connection keeps.
 */
public final class Attempts {
    private static final double JITTER = 0.2;
    private static final Set<Action> DONE = EnumSet.of(Action.created, Action.configured, Action.replaced);

    private final RetryPolicy policy;
    private final Supplier<Optional<String>> newerRevision;
    private final SyncListener listener;
    private final Timing timing;

    /** @param newerRevision what Git has by now, when it is another revision than the one that is synced */
    public Attempts(
            RetryPolicy policy, Supplier<Optional<String>> newerRevision, SyncListener listener, Timing timing) {
        this.policy = policy;
        this.newerRevision = newerRevision;
        this.listener = listener;
        this.timing = timing;
    }

    /** One try of a sync. */
    @FunctionalInterface
    public interface Attempt {
        /** @param newerRevision to be asked between waves: what supersedes this try */
        Outcome run(Supplier<Optional<String>> newerRevision);
    }

    /**
     * What became of all tries.
     *
     * @param tries how many there were
     */
    public record Ended(Outcome outcome, int tries) {}

    /**
     * What a try throws counts as its failure.
     *
     * @param again the same from a fresh comparison
     */
    public Ended run(Attempt first, Attempt again) {
        Outcome outcome = tried(first);
        int tries = 1;
        while (outcome.result() == Result.Failed && outcome.mayPass().isPresent() && tries <= policy.limit()) {
            Optional<String> newer = await(pause(tries, outcome.mayPass().get()), tries, outcome.message());
            if (newer.isPresent()) {
                return new Ended(superseded(outcome, newer.get()), tries);
            }
            tries++;
            outcome = merged(outcome, tried(again));
        }
        return new Ended(outcome, tries);
    }

    private Outcome tried(Attempt attempt) {
        try {
            return attempt.run(newerRevision);
        } catch (ClusterException e) {
            return Outcome.failed(e);
        }
    }

    /** At least what the server asks for; otherwise as the policy says, a fifth more or less. */
    private Duration pause(int retry, Duration asked) {
        double jitter = 1 - JITTER + 2 * JITTER * timing.random().getAsDouble();
        Duration pause = Duration.ofMillis((long) (policy.pause(retry).toMillis() * jitter));
        return pause.compareTo(asked) < 0 ? asked : pause;
    }

    /** @return the revision that made waiting pointless */
    private Optional<String> await(Duration pause, int retry, String why) {
        listener.on(new SyncListener.Retrying(retry, policy.limit(), pause, why));
        Duration left = pause;
        Optional<String> newer = newerRevision.get();
        while (newer.isEmpty() && left.isPositive()) {
            Duration longest = timing.betweenLooksAtGit();
            Duration step = left.compareTo(longest) < 0 ? left : longest;
            timing.sleep().accept(step);
            left = left.minus(step);
            newer = newerRevision.get();
        }
        return newer;
    }

    /** In words. */
    static String supersededBy(String newer) {
        return "superseded: Git has the newer revision " + newer;
    }

    private static Outcome superseded(Outcome failed, String newer) {
        return new Outcome(
                Result.Superseded,
                failed.health(),
                supersededBy(newer) + "; this one was to be tried again after: " + failed.message(),
                failed.objects(),
                Optional.empty());
    }

    /** The later try's outcome; of an object that it found done, what the earlier one did. */
    private static Outcome merged(Outcome before, Outcome after) {
        Map<Object, ObjectSync> earlier = new LinkedHashMap<>();
        before.objects().stream()
                .filter(object -> DONE.contains(object.action()) || object.action() == Action.pruned)
                .forEach(object -> earlier.put(object.key(), object));
        List<ObjectSync> objects = new ArrayList<>();
        for (ObjectSync object : after.objects()) {
            ObjectSync done = earlier.remove(object.key());
            boolean stillDone = done != null && object.action() == Action.unchanged;
            objects.add(stillDone ? done.withHealth(object.health(), object.healthMessage()) : object);
        }
        objects.addAll(0, earlier.values());
        return new Outcome(after.result(), after.health(), after.message(), objects, after.mayPass());
    }
}

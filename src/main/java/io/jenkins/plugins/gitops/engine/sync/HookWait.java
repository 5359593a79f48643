package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.sync.HookRunner.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Awaits the ends of hooks, by asking again with growing pauses. A hook's end is its health (SEMANTICS 6). */
final class HookWait {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final SyncListener listener;
    private final HealthWait wait;
    private final HealthRules rules;

    /** How a hook ended. */
    record Ending(Run run, boolean succeeded, String message, Optional<Health> health) {}

    HookWait(Cluster cluster, HealthRules rules, SyncListener listener) {
        this.cluster = cluster;
        this.listener = listener;
        this.rules = rules;
        this.wait = new HealthWait(cluster, rules, listener);
    }

    /** @param ended hears of each hook as it ends */
    void await(List<Run> runs, Consumer<Ending> ended) {
        List<Run> open = runs;
        Duration pause = FIRST_PAUSE;
        List<String> told = List.of();
        while (true) {
            List<Run> left = new ArrayList<>();
            List<String> reasons = new ArrayList<>();
            for (Run run : open) {
                Optional<Ending> ending = ending(run);
                ending.ifPresentOrElse(ended, () -> {
                    left.add(run);
                    reasons.add(reason(run));
                });
            }
            if (left.isEmpty()) {
                return;
            }
            if (!reasons.equals(told)) {
                listener.on(new SyncListener.Waiting(reasons));
                told = reasons;
            }
            sleep(pause);
            pause = longer(pause);
            List<Optional<Run>> seen = InParallel.map(left, this::look);
            open = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                if (seen.get(i).isPresent()) {
                    open.add(seen.get(i).get());
                } else {
                    String gone = "it was deleted before its end was seen";
                    ended.accept(new Ending(left.get(i), false, gone, Optional.empty()));
                }
            }
        }
    }

    /** Whether an object goes away until the deadline; another one of its name counts as gone. */
    boolean isGone(HookTask task, ApiResource resource, ObjectNode old, Instant deadline) {
        Duration pause = FIRST_PAUSE;
        String name = old.path("metadata").path("name").asText();
        while (true) {
            Optional<ObjectNode> live =
                    cluster.objects().get(resource, task.key().namespace(), name);
            if (live.isEmpty() || !uid(live.get()).equals(uid(old))) {
                return true;
            }
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            sleep(pause);
            pause = longer(pause);
        }
    }

    /** Empty while it runs. */
    private Optional<Ending> ending(Run run) {
        Optional<Health> health = health(run);
        HealthStatus status = health.map(Health::status).orElse(HealthStatus.Healthy);
        String says = health.map(Health::message).orElse("");
        boolean done = status == HealthStatus.Healthy
                || (status == HealthStatus.Progressing && !wait.blocks(run.live(), health));
        if (done) {
            return Optional.of(new Ending(run, true, "", health));
        }
        if (status == HealthStatus.Degraded || status == HealthStatus.Unknown) {
            return Optional.of(new Ending(run, false, says.isEmpty() ? "it is " + status : says, health));
        }
        Duration timeout = run.task().hook().timeout();
        if (Instant.now().isAfter(run.start().plus(timeout))) {
            String late = "it did not end within " + timeout.toSeconds() + " s"
                    + (says.isEmpty() ? "" : " (" + says + ")") + "; it is not stopped";
            return Optional.of(new Ending(run, false, late, health));
        }
        return Optional.empty();
    }

    /** A finished hook may be on its way out already, such as a Job with a time to live: it has ended all the same. */
    private Optional<Health> health(Run run) {
        ObjectNode staying = run.live().deepCopy();
        staying.withObject("/metadata").remove("deletionTimestamp");
        return rules.assess(staying);
    }

    private String reason(Run run) {
        String says = health(run).map(Health::message).orElse("");
        return run.task().phase() + " hook " + run.task().key() + " runs" + (says.isEmpty() ? "" : ": " + says);
    }

    /** Empty when it is gone. */
    private Optional<Run> look(Run run) {
        try {
            return cluster.objects()
                    .get(
                            run.resource(),
                            run.task().key().namespace(),
                            run.task().key().name())
                    .filter(live -> uid(live).equals(run.uid()))
                    .map(run::seen);
        } catch (ApiException e) {
            if (e.status().unauthorized()) {
                throw new ClusterException(
                        "how the hook " + run.task().key() + " ends cannot be seen: " + e.getMessage());
            }
            // The server has a bad moment: the next look tells.
            return Optional.of(run);
        }
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
    }
}

package io.jenkins.plugins.gitops.watch;

import java.time.Instant;
import java.util.List;

/**
 * How the watch on one cluster stands, for people.
 *
 * @param node on which it lives; empty for the built-in one
 * @param since when it is so
 * @param events how many changes it told of since Jenkins began
 * @param error the last one; empty when there was none
 */
public record WatchState(
        String cluster,
        Phase phase,
        Instant since,
        String node,
        List<String> kinds,
        long events,
        String lastEvent,
        String error) {
    /** Where it is in its life. */
    public enum Phase {
        starting,
        watching,
        reconnecting,
        waiting
    }

    static WatchState of(String cluster) {
        return new WatchState(cluster, Phase.starting, Instant.now(), "", List.of(), 0, "", "");
    }

    WatchState starting(String on) {
        return new WatchState(cluster, Phase.starting, Instant.now(), on, List.of(), events, lastEvent, error);
    }

    WatchState standing(List<String> watched, String problem) {
        Phase next = problem.isEmpty() ? Phase.watching : Phase.reconnecting;
        return new WatchState(
                cluster,
                next,
                next == phase ? since : Instant.now(),
                node,
                watched,
                events,
                lastEvent,
                problem.isEmpty() ? error : problem);
    }

    WatchState failed(String why) {
        return new WatchState(cluster, Phase.waiting, Instant.now(), node, List.of(), events, lastEvent, why);
    }

    WatchState told(int more, String event) {
        return new WatchState(cluster, phase, since, node, kinds, events + more, event, error);
    }
}

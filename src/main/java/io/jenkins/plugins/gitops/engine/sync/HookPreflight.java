package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.compare.SecretMask;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks before the first write whether the cluster takes every hook: one that it rejects would fail the sync in its middle
 * (SEMANTICS 6 and 7). Left open is what the cluster cannot judge yet: hooks that need what the sync makes first.
 */
final class HookPreflight {
    private final Cluster cluster;
    private final Plan plan;
    private final Results results;
    private final List<String> namespacesToCreate;
    private final boolean asks;
    private final Set<String> toCome = new HashSet<>();

    /**
     * @param namespacesToCreate that are no part of the plan, and are there before the first hook runs
     * @param asks whether the cluster is asked; without, only hooks of other applications are found out
     */
    HookPreflight(Cluster cluster, Plan plan, Results results, List<String> namespacesToCreate, boolean asks) {
        this.asks = asks;
        this.cluster = cluster;
        this.namespacesToCreate = List.copyOf(namespacesToCreate);
        this.plan = plan;
        this.results = results;
        plan.tasks().stream()
                .filter(task -> task.object().verdict() == Verdict.Missing)
                .forEach(task -> toCome.add(task.key().name()));
        plan.hooks().forEach(hook -> toCome.add(hook.key().name()));
    }

    /** Records what is rejected. */
    End check() {
        record Rejected(HookTask task, String why) {}
        List<Rejected> rejected =
                InParallel.map(
                                plan.hooks(),
                                hook -> new Rejected(hook, rejection(hook).orElse("")))
                        .stream()
                        .filter(answer -> !answer.why().isEmpty())
                        .toList();
        rejected.forEach(
                answer -> results.add(answer.task(), Action.failed, answer.why(), Duration.ZERO, Optional.empty()));
        if (rejected.isEmpty()) {
            return End.SUCCEEDED;
        }
        Rejected first = rejected.getFirst();
        return End.failed("the cluster does not take " + rejected.size() + " of "
                + plan.hooks().size()
                + " hooks, so nothing was written; the first: " + first.task().key() + ": " + first.why() + " ("
                + first.task().manifest().origin() + ")");
    }

    private Optional<String> rejection(HookTask hook) {
        Optional<String> foreign = hook.desired().foreign();
        Optional<ApiResource> resource = hook.desired().resource();
        if (foreign.isPresent() || resource.isEmpty() || !asks) {
            return foreign;
        }
        try {
            cluster.objects().apply(resource.get(), asked(hook), true);
            return Optional.empty();
        } catch (ApiException e) {
            return isOpen(hook, e.status())
                    ? Optional.empty()
                    : Optional.of(SecretMask.scrub(hook.manifest(), e.getMessage()));
        }
    }

    /** Where the object of an earlier run goes first, another name is asked for: what is there cannot be in the way. */
    private static ObjectNode asked(HookTask hook) {
        if (hook.replaced().isEmpty()) {
            return hook.manifest().content();
        }
        ObjectNode content = hook.manifest().editable();
        content.withObject("/metadata")
                .put("name", "gitops-probe-" + UUID.randomUUID().toString().substring(0, 8));
        return content;
    }

    private boolean isOpen(HookTask hook, ApiStatus status) {
        boolean waitsForNamespace =
                status.notFound() && plannedNamespace(hook.key().namespace());
        boolean namesWhatComes = status.code() == 403
                && toCome.stream()
                        .filter(name -> !name.equals(hook.key().name()))
                        .anyMatch(name -> status.message().contains("\"" + name + "\""));
        return waitsForNamespace || namesWhatComes || status.retryable();
    }

    private boolean plannedNamespace(String name) {
        ResourceKey key = new ResourceKey("", "Namespace", "", name);
        return namespacesToCreate.contains(name)
                || plan.tasks().stream().anyMatch(task -> task.key().equals(key))
                || plan.hooks().stream().anyMatch(hook -> hook.key().equals(key));
    }
}

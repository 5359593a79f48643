package io.jenkins.plugins.gitops.engine.tree;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which kinds an object may own. The API tells of an object's owners only, so what it owns is found by listing these kinds
 * and looking who their owner is.
 */
final class ChildKinds {
    private static final GroupKind POD = GroupKind.parse("Pod");

    private static final Map<GroupKind, List<GroupKind>> KNOWN = Map.of(
            GroupKind.parse("Deployment.apps"), List.of(GroupKind.parse("ReplicaSet.apps"), POD),
            GroupKind.parse("ReplicaSet.apps"), List.of(POD),
            GroupKind.parse("ReplicationController"), List.of(POD),
            GroupKind.parse("StatefulSet.apps"), List.of(POD),
            GroupKind.parse("DaemonSet.apps"), List.of(POD),
            GroupKind.parse("Job.batch"), List.of(POD),
            GroupKind.parse("CronJob.batch"), List.of(GroupKind.parse("Job.batch"), POD));

    /** What operators make of Kubernetes' own kinds. */
    private static final List<GroupKind> WORKLOADS = List.of(
            GroupKind.parse("Deployment.apps"),
            GroupKind.parse("StatefulSet.apps"),
            GroupKind.parse("DaemonSet.apps"),
            GroupKind.parse("ReplicaSet.apps"),
            GroupKind.parse("Job.batch"),
            POD);

    /** Kinds of an operator that are looked at for one owner: some serve hundreds. */
    private static final int MOST_OF_ONE_OPERATOR = 20;

    private final Discovery discovery;

    ChildKinds(Discovery discovery) {
        this.discovery = discovery;
    }

    /** Also what the owned objects may own in turn. Empty for kinds that own nothing. */
    List<ApiResource> of(GroupKind owner, boolean namespaced) {
        List<GroupKind> known = KNOWN.get(owner);
        if (known != null) {
            return served(known);
        }
        if (!owner.group().contains(".") || owner.group().endsWith(".k8s.io")) {
            return List.of();
        }
        Set<ApiResource> kinds = new LinkedHashSet<>();
        if (namespaced) {
            kinds.addAll(served(WORKLOADS));
        }
        String operator = domain(owner.group());
        discovery.inGroups(group -> domain(group).equals(operator)).stream()
                .filter(resource -> resource.namespaced() == namespaced)
                .limit(MOST_OF_ONE_OPERATOR)
                .forEach(kinds::add);
        return new ArrayList<>(kinds);
    }

    private List<ApiResource> served(List<GroupKind> kinds) {
        return kinds.stream().map(discovery::find).flatMap(Optional::stream).toList();
    }

    /** {@code cert-manager.io} of {@code acme.cert-manager.io}: the groups of one operator share it. */
    private static String domain(String group) {
        int last = group.lastIndexOf('.');
        int before = last < 0 ? -1 : group.lastIndexOf('.', last - 1);
        return group.substring(before + 1);
    }
}

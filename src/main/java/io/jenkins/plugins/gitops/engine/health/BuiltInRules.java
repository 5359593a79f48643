package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which kind of Kubernetes itself has which rule. */
final class BuiltInRules {
    private BuiltInRules() {}

    /**
     * @param kinds in the text form of {@link GroupKind}
     * @param rule what it says, for the table of all rules
     */
    record Entry(List<String> kinds, HealthRule health, String rule) {}

    /**
     * @param addresses whether Service and Ingress have a rule
     * @param clock tells how long a pod has been unschedulable
     */
    static Map<GroupKind, HealthRule> table(boolean addresses, InstantSource clock) {
        return entries(clock).stream()
                .filter(entry -> addresses || !(entry.health() instanceof AddressHealth))
                .flatMap(entry -> entry.kinds().stream().map(kind -> Map.entry(GroupKind.parse(kind), entry.health())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static List<Entry> entries(InstantSource clock) {
        return Stream.of(workloads(clock), surroundings())
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<Entry> workloads(InstantSource clock) {
        return Stream.of(
                new Entry(
                        List.of("Deployment.apps"),
                        new DeploymentHealth(),
                        "Suspended while paused; Degraded when its progress deadline is exceeded; Progressing until all desired pods are updated and available and no old one is left"),
                new Entry(
                        List.of("StatefulSet.apps"),
                        afterStatus(new StatefulSetHealth()),
                        "Progressing until all desired pods are ready and, with a partition, those above it updated, else all of one revision; with OnDelete the revision does not count"),
                new Entry(
                        List.of("DaemonSet.apps"),
                        afterStatus(new DaemonSetHealth()),
                        "Progressing until every node that should run a pod runs an updated and available one; Healthy with OnDelete"),
                new Entry(
                        List.of("ReplicaSet.apps", "ReplicationController"),
                        afterStatus(new ReplicaSetHealth()),
                        "Degraded when pods cannot be made (ReplicaFailure); Progressing until all desired ones are available"),
                new Entry(
                        List.of("Pod"),
                        afterStatus(new PodHealth(clock)),
                        "Healthy when Ready, or Succeeded; Degraded when Failed, when a container that is to run for ever waits with an error or a back-off, or is not ready after it ended; otherwise Progressing"),
                new Entry(
                        List.of("Job.batch"),
                        afterStatus(new JobHealth()),
                        "Degraded when Failed, Suspended when Suspended, Healthy when Complete, otherwise Progressing"),
                new Entry(
                        List.of("CronJob.batch"),
                        new CronJobHealth(),
                        "Suspended while suspended; Degraded when its last job did not succeed; otherwise Healthy"),
                new Entry(
                        List.of("HorizontalPodAutoscaler.autoscaling"),
                        afterStatus(new HorizontalPodAutoscalerHealth()),
                        "Degraded when it cannot get or update the scale, or get its metrics; Healthy when it is able to scale or holds a limit; otherwise Progressing"),
                new Entry(
                        List.of("PodDisruptionBudget.policy"),
                        afterStatus(new PodDisruptionBudgetHealth()),
                        "Progressing until as many pods are healthy as it asks for"));
    }

    private static Stream<Entry> surroundings() {
        return Stream.of(
                new Entry(
                        List.of("PersistentVolumeClaim"),
                        afterStatus(new PersistentVolumeClaimHealth()),
                        "Bound is Healthy, Lost Degraded, otherwise Progressing"),
                new Entry(
                        List.of("Service", "Ingress.networking.k8s.io", "Ingress.extensions"),
                        new AddressHealth(),
                        "Progressing until it has an address (of Services those of type LoadBalancer); off with `health.addresses: false`"),
                new Entry(
                        List.of("APIService.apiregistration.k8s.io"),
                        afterStatus(new ApiServiceHealth()),
                        "Progressing until Available"),
                new Entry(
                        List.of("CustomResourceDefinition.apiextensions.k8s.io"),
                        afterStatus(new CustomResourceDefinitionHealth()),
                        "Degraded when its names are not accepted; Progressing until Established"));
    }

    /** A kind with a rule but without a status is Progressing: the rest of the rule reads the status. */
    private static HealthRule afterStatus(HealthRule rule) {
        return live -> live.hasStatus() ? rule.assess(live) : live.withoutStatus();
    }
}

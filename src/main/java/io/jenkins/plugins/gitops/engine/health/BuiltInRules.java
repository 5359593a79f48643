package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Which kind has which rule. */
final class BuiltInRules {
    private BuiltInRules() {}

    /**
     * @param addresses whether Service and Ingress have a rule
     * @param clock tells how long a pod has been unschedulable
     */
    static Map<GroupKind, HealthRule> table(boolean addresses, InstantSource clock) {
        Map<GroupKind, HealthRule> table = new HashMap<>(Map.ofEntries(
                rule("Deployment.apps", new DeploymentHealth()),
                rule("StatefulSet.apps", afterStatus(new StatefulSetHealth())),
                rule("DaemonSet.apps", afterStatus(new DaemonSetHealth())),
                rule("ReplicaSet.apps", afterStatus(new ReplicaSetHealth())),
                rule("ReplicationController", afterStatus(new ReplicaSetHealth())),
                rule("Pod", afterStatus(new PodHealth(clock))),
                rule("Job.batch", afterStatus(new JobHealth())),
                rule("CronJob.batch", new CronJobHealth()),
                rule("HorizontalPodAutoscaler.autoscaling", afterStatus(new HorizontalPodAutoscalerHealth())),
                rule("PersistentVolumeClaim", afterStatus(new PersistentVolumeClaimHealth())),
                rule("APIService.apiregistration.k8s.io", afterStatus(new ApiServiceHealth())),
                rule("PodDisruptionBudget.policy", afterStatus(new PodDisruptionBudgetHealth())),
                rule(
                        "CustomResourceDefinition.apiextensions.k8s.io",
                        afterStatus(new CustomResourceDefinitionHealth()))));
        if (addresses) {
            table.put(GroupKind.parse("Service"), new AddressHealth());
            table.put(GroupKind.parse("Ingress.networking.k8s.io"), new AddressHealth());
            table.put(GroupKind.parse("Ingress.extensions"), new AddressHealth());
        }
        return Map.copyOf(table);
    }

    private static Map.Entry<GroupKind, HealthRule> rule(String kind, HealthRule rule) {
        return Map.entry(GroupKind.parse(kind), rule);
    }

    /** A kind with a rule but without a status is Progressing: the rest of the rule reads the status. */
    private static HealthRule afterStatus(HealthRule rule) {
        return live -> live.hasStatus() ? rule.assess(live) : live.withoutStatus();
    }
}

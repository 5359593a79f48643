package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.assess;
import static io.jenkins.plugins.gitops.engine.health.LiveObjects.live;
import static io.jenkins.plugins.gitops.engine.model.Health.degraded;
import static io.jenkins.plugins.gitops.engine.model.Health.healthy;
import static io.jenkins.plugins.gitops.engine.model.Health.progressing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {
    private static final String BEING_DELETED = "metadata: {deletionTimestamp: '2026-01-01T11:00:00Z'}";

    @Test
    void anObjectBeingDeletedIsProgressing() {
        assertThat(assess("v1", "Pod", BEING_DELETED + ", status: {phase: Failed}"))
                .contains(progressing("being deleted since 2026-01-01T11:00:00Z"));
    }

    @Test
    void anObjectOfAKindWithoutRuleBeingDeletedIsProgressing() {
        assertThat(assess("v1", "ConfigMap", BEING_DELETED))
                .contains(progressing("being deleted since 2026-01-01T11:00:00Z"));
    }

    @Test
    void aDeletionNamesTheFinalizersThatHoldItUp() {
        String body = "metadata: {deletionTimestamp: '2026-01-01T11:00:00Z', finalizers: [example.com/a, b]}";
        assertThat(assess("v1", "ConfigMap", body))
                .contains(progressing(
                        "being deleted since 2026-01-01T11:00:00Z, waits for its finalizers: example.com/a, b"));
    }

    @ParameterizedTest
    @CsvSource({"v1, Service", "networking.k8s.io/v1, Ingress"})
    void withTheAddressRuleOffThereIsNoHealthToWaitFor(String apiVersion, String kind) {
        HealthRules rules = new HealthRules(new HealthPolicy(false, List.of()));
        ObjectNode object = live(apiVersion, kind, "spec: {type: LoadBalancer}, status: {loadBalancer: {}}");
        assertThat(rules.assess(object)).isEmpty();
        assertThat(new HealthRules().assess(object)).isPresent();
    }

    @Test
    void anApplicationIsTheWorstOfItsObjects() {
        List<HealthStatus> bestToWorst = List.of(
                HealthStatus.Healthy,
                HealthStatus.Suspended,
                HealthStatus.Progressing,
                HealthStatus.Missing,
                HealthStatus.Degraded,
                HealthStatus.Unknown);
        List<Optional<Health>> objects = new ArrayList<>();
        for (HealthStatus worst : bestToWorst) {
            objects.addFirst(Optional.of(new Health(worst, "")));
            assertThat(ApplicationHealth.worst(objects)).isEqualTo(worst);
        }
        assertThat(bestToWorst).containsExactly(HealthStatus.values());
    }

    @Test
    void anObjectWithoutHealthCountsAsHealthy() {
        assertThat(ApplicationHealth.worst(List.of(Optional.empty()))).isEqualTo(HealthStatus.Healthy);
        assertThat(ApplicationHealth.worst(
                        List.of(Optional.empty(), Optional.of(degraded("")), Optional.of(healthy("")))))
                .isEqualTo(HealthStatus.Degraded);
        assertThat(ApplicationHealth.worst(List.of(Optional.of(ApplicationHealth.MISSING))))
                .isEqualTo(HealthStatus.Missing);
    }
}

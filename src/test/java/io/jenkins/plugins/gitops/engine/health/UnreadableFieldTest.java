package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.assess;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field of another type than documented: Unknown, and the message names it. Nothing can follow from it. */
class UnreadableFieldTest {

    @ParameterizedTest(name = "{1} with {2}")
    @CsvSource(delimiter = '|', textBlock = """
            apps/v1             | Deployment          | status: ready                                        | status is the string "ready" where a mapping belongs
            apps/v1             | Deployment          | spec: {replicas: '3'}, status: {updatedReplicas: 3}  | spec.replicas is the string "3" where a whole number belongs
            apps/v1             | Deployment          | spec: {paused: 'yes'}                                | spec.paused is the string "yes" where true or false belongs
            apps/v1             | DaemonSet           | status: {desiredNumberScheduled: many}               | status.desiredNumberScheduled is the string "many" where a whole number belongs
            apps/v1             | DaemonSet           | status: [1]                                          | status is a JSON array where a mapping belongs
            apps/v1             | StatefulSet         | metadata: {generation: []}, status: {replicas: 1}    | metadata.generation is a JSON array where a whole number belongs
            batch/v1            | Job                 | status: {conditions: Complete}                       | status.conditions is the string "Complete" where a list belongs
            batch/v1            | Job                 | status: {conditions: {Complete: true}}               | status.conditions is a JSON object where a list belongs
            policy/v1           | PodDisruptionBudget | status: {currentHealthy: true}                       | status.currentHealthy is the boolean true where a whole number belongs
            example.com/v1      | Widget              | status: 7                                            | status is the number 7 where a mapping belongs
            example.com/v1      | Widget              | status: {conditions: [Ready]}                        | an entry of status.conditions is the string "Ready" where a mapping belongs
            cert-manager.io/v1  | Certificate         | status: {conditions: Ready}                          | status.conditions is the string "Ready" where a list belongs
            """)
    void isUnknown(String apiVersion, String kind, String body, String message) {
        assertThat(assess(apiVersion, kind, body)).contains(new Health(HealthStatus.Unknown, message));
    }
}

package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import org.junit.jupiter.api.Test;

class ServerMessageTest {
    @Test
    void aValueThatYamlReadsAsNoStringIsToBeQuoted() {
        assertThat(ServerMessage.inWords(new ApiStatus(
                        500,
                        "",
                        "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): "
                                + ".spec.template.spec.containers[name=\"x\"].image: expected string, "
                                + "got &value.valueUnstructured{Value:true}")))
                .isEqualTo("spec.template.spec.containers[name=\"x\"].image must be a string, but YAML reads true"
                        + " as something else: put the value in quotes");
    }

    @Test
    void everyOtherMessageIsTheServersOwn() {
        assertThat(ServerMessage.inWords(new ApiStatus(422, "Invalid", "spec.x: Required value")))
                .isEqualTo("spec.x: Required value");
    }
}

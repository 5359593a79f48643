package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Refuses objects with values that SOPS encrypted and nobody decrypted, such as those of a file that a chart reads by itself: in
 * a cluster they would be taken for passwords. An object with a {@code sops} block is for an operator that decrypts it there.
 */
final class EncryptedValues {
    private final Consumer<Problem> problems;

    EncryptedValues(Consumer<Problem> problems) {
        this.problems = problems;
    }

    void check(Written object) {
        if (!object.content().has("sops")) {
            look(object, object.content(), "");
        }
    }

    private void look(Written object, JsonNode node, String pointer) {
        if (node.isTextual() && node.textValue().startsWith("ENC[") && Decryption.isEncryptedValue(node.textValue())) {
            problems.accept(object.problem(
                    pointer,
                    pointer + " of " + object.manifest().key()
                            + " is a value that SOPS encrypted, in a place where it is not decrypted; see docs/sops.md for"
                            + " which files are"));
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            look(object, field.getValue(), pointer + Written.step(field.getKey()));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            look(object, node.get(i), pointer + "/" + i);
        }
    }
}

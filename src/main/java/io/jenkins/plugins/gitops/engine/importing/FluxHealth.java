package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.List;

/** {@code healthCheckExprs}, whose meaning is ours. */
final class FluxHealth {
    private FluxHealth() {}

    /** The block {@code health}. */
    static Form read(List<Fields> expressions) {
        List<Form> rules = new ArrayList<>();
        for (Fields expression : expressions) {
            if (expression.has("kind")) {
                rules.add(new Form()
                        .text("apiVersion", expression.text("apiVersion"))
                        .text("kind", expression.text("kind"))
                        .text("inProgress", expression.text("inProgress"))
                        .text("failed", expression.text("failed"))
                        .text("current", expression.text("current")));
            } else {
                expression.unmappedHere(
                        "a rule for all kinds of a group is not known here",
                        "write one for each kind into health.rules");
                expression.pass("apiVersion", "inProgress", "failed", "current");
            }
            expression.finish();
        }
        return new Form().blocks("rules", rules);
    }
}

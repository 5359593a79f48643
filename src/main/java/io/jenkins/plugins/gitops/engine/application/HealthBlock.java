package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import java.util.ArrayList;
import java.util.List;

/** The block {@code health} of an application file. Expressions and scripts are taken as they are: they are checked where they run. */
final class HealthBlock {
    private HealthBlock() {}

    static HealthPolicy read(Block block) {
        List<HealthCheck> checks = new ArrayList<>();
        for (Block rule : block.blocks("rules")) {
            boolean isScript = rule.has("lua");
            checks.add(isScript ? script(rule) : expressions(rule));
            rule.finish();
        }
        HealthPolicy policy = new HealthPolicy(block.flag("addresses", HealthPolicy.DEFAULT.addresses()), checks);
        block.finish();
        return policy;
    }

    private static HealthCheck script(Block rule) {
        return new HealthCheck.Script(
                rule.text("group").orElse(""),
                rule.required("kind", "the kind that the script is for; * stands for any text"),
                rule.required("lua", "a script of Argo CD's resource.customizations.health"));
    }

    private static HealthCheck expressions(Block rule) {
        return new HealthCheck.Expressions(
                rule.required("apiVersion", "the apiVersion of the kind that the rule is for"),
                rule.required("kind", "the kind that the rule is for"),
                rule.text("inProgress").orElse(""),
                rule.text("failed").orElse(""),
                rule.required("current", "a CEL expression that is true when the object is healthy, or lua: a script"));
    }
}

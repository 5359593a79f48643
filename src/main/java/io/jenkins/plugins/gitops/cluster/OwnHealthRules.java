package io.jenkins.plugins.gitops.cluster;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HealthRuleText;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Health rules that users of this Jenkins wrote: for one application, and for all. */
public final class OwnHealthRules {
    private OwnHealthRules() {}

    /** The application with its own rules and, after them, those of this Jenkins. */
    public static Application in(Application application, String own) {
        List<HealthRuleText> texts = new ArrayList<>();
        add(texts, "health rules of " + application.name(), own);
        add(texts, "health rules of this Jenkins", GitOpsConfiguration.get().getHealthRules());
        return application.withHealth(application.health().withFiles(texts));
    }

    /** What is wrong with them; empty when nothing is, and when there are none. */
    public static Optional<String> problem(@CheckForNull String rules) {
        List<HealthRuleText> texts = new ArrayList<>();
        add(texts, "health rules", rules);
        try {
            HealthRules.requireValid(HealthPolicy.DEFAULT.withFiles(texts));
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    public static FormValidation check(@CheckForNull String rules) {
        return problem(rules).map(FormValidation::error).orElseGet(FormValidation::ok);
    }

    private static void add(List<HealthRuleText> texts, String name, @CheckForNull String rules) {
        if (rules != null && !rules.isBlank()) {
            texts.add(new HealthRuleText(name, rules));
        }
    }
}

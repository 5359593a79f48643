package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import java.util.ArrayList;
import java.util.List;

/**
 * How bad drift is: what the first rule that matches says, the application's own rules before the built-in ones. An object is as bad
 * as the worst of its differing fields.
 */
final class SeverityRules {
    private static final List<SeverityRule> BUILT_IN = List.of(
            any("rbac.authorization.k8s.io", "*", Severity.critical),
            any("admissionregistration.k8s.io", "*", Severity.critical),
            any("networking.k8s.io", "NetworkPolicy", Severity.critical),
            any("", "Secret", Severity.critical),
            any("", "ServiceAccount", Severity.critical),
            new SeverityRule("*", "*", "*", "*", List.of("metadata.labels*", "metadata.annotations*"), Severity.info),
            new SeverityRule(
                    "*",
                    "*",
                    "*",
                    "*",
                    List.of(
                            "*.image",
                            "*.command*",
                            "*.args*",
                            "*.securityContext*",
                            "*.serviceAccountName",
                            "*.hostNetwork",
                            "*.hostPID",
                            "*.hostIPC"),
                    Severity.critical));

    private final List<SeverityRule> own;

    SeverityRules(List<SeverityRule> own) {
        this.own = List.copyOf(own);
    }

    /**
     * @param gone when the object went away, where it is missing
     * @return null for an object that is in sync, as the report has it
     */
    Severity of(ResourceKey key, Verdict verdict, ObservedBetween gone, List<FieldDrift> fields) {
        return switch (verdict) {
            case InSync -> null;
            case Unknown -> Severity.warning;
            // What was there and was taken away is worse than what never came.
            case Missing ->
                whole(key, gone != null && gone.lastSeenWith() != null ? Severity.critical : Severity.warning);
            case Extra -> whole(key, Severity.info);
            case Drifted ->
                fields.stream()
                        .map(field -> first(key, field.path(), true, Severity.warning))
                        .reduce(Severity::worse)
                        .orElse(Severity.warning);
        };
    }

    private Severity whole(ResourceKey key, Severity otherwise) {
        return first(key, "", false, otherwise);
    }

    private Severity first(ResourceKey key, String path, boolean builtIn, Severity otherwise) {
        List<SeverityRule> rules = new ArrayList<>(own);
        if (builtIn) {
            rules.addAll(BUILT_IN);
        }
        return rules.stream()
                .filter(rule -> rule.matches(key, path))
                .map(SeverityRule::severity)
                .findFirst()
                .orElse(otherwise);
    }

    private static SeverityRule any(String group, String kind, Severity severity) {
        return new SeverityRule(group, kind, "*", "*", List.of(), severity);
    }
}

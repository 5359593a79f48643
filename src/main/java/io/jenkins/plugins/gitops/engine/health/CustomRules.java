package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.health.CelExpressions.InvalidExpression;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The rules that users give. All are compiled at once, so that a wrong one is known before anything is done. Safe for threads. */
final class CustomRules {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<GroupKind, Optional<Entry>> found = new ConcurrentHashMap<>();

    private record Entry(
            Predicate<GroupKind> matches, boolean isGlob, Function<LiveObject, Optional<Health>> assessment) {}

    /** @throws InvalidInputException when an expression is wrong */
    CustomRules(List<HealthCheck> checks, List<HealthRuleFile> files, Lazy<CelExpressions> cel, GenericHealth generic) {
        checks.forEach(check -> add(check, cel, generic));
        for (HealthRuleFile file : files) {
            file.checks().forEach(check -> add(check, cel, generic));
            file.kinds().forEach(rule -> add(rule, file.name(), cel, generic));
        }
    }

    /** The rule for exactly this kind, else the first glob that matches; empty when no rule is for it. */
    Optional<Function<LiveObject, Optional<Health>>> of(GroupKind kind) {
        return entries.isEmpty()
                ? Optional.empty()
                : found.computeIfAbsent(kind, this::find).map(Entry::assessment);
    }

    private Optional<Entry> find(GroupKind kind) {
        List<Entry> matching =
                entries.stream().filter(entry -> entry.matches().test(kind)).toList();
        return matching.stream()
                .filter(entry -> !entry.isGlob())
                .findFirst()
                .or(() -> matching.stream().findFirst());
    }

    private void add(HealthCheck check, Lazy<CelExpressions> cel, GenericHealth generic) {
        HealthRule rule =
                switch (check) {
                    case HealthCheck.Expressions expressions -> new ExpressionsRule(expressions, cel.get(), generic);
                    case HealthCheck.Script script -> new ScriptRule(script);
                };
        entries.add(new Entry(check::matches, check.isGlob(), live -> Optional.of(rule.assess(live))));
    }

    private void add(KindRule rule, String file, Lazy<CelExpressions> cel, GenericHealth generic) {
        try {
            OperatorRule compiled = new OperatorRule(rule, cel.get()::compile, generic);
            entries.add(new Entry(rule::matches, rule.isGlob(), compiled::assess));
        } catch (InvalidExpression e) {
            throw new InvalidInputException(
                    file + ", group " + rule.group() + " " + rule.kinds(), "an expression is wrong: " + e.getMessage());
        }
    }
}

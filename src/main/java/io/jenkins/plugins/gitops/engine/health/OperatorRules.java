package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of well-known operators' kinds (SEMANTICS 9), from {@code rules.yaml}. Reading the file, starting CEL and
 * compiling a rule are each put off until an object needs them: most runs meet none or a few of these kinds. Safe for
 * threads.
 */
final class OperatorRules {
    private static final String RESOURCE = "rules.yaml";

    private final GenericHealth generic;
    private final Lazy<List<KindRule>> rules = new Lazy<>(OperatorRules::read);
    private final Lazy<CelExpressions> cel;
    private final Map<GroupKind, Optional<OperatorRule>> compiled = new ConcurrentHashMap<>();

    OperatorRules(GenericHealth generic, Lazy<CelExpressions> cel) {
        this.generic = generic;
        this.cel = cel;
    }

    Optional<OperatorRule> of(GroupKind kind) {
        return compiled.computeIfAbsent(kind, this::find);
    }

    private Optional<OperatorRule> find(GroupKind kind) {
        return matching(rules.get(), kind).map(rule -> new OperatorRule(rule, cel.get()::parse, generic));
    }

    /** Rules for an exact group come before globs, whatever their order in the file. */
    static Optional<KindRule> matching(List<KindRule> rules, GroupKind kind) {
        List<KindRule> matching =
                rules.stream().filter(rule -> rule.matches(kind)).toList();
        return matching.stream()
                .filter(rule -> !rule.isGlob())
                .findFirst()
                .or(() -> matching.stream().findFirst());
    }

    static List<KindRule> read() {
        try (InputStream in = OperatorRules.class.getResourceAsStream(RESOURCE)) {
            return new YamlReader()
                    .read(RESOURCE, in.readAllBytes()).stream()
                            .flatMap(document -> RuleFile.read(document).stream())
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

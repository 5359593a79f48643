package io.jenkins.plugins.gitops.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.OperatorExamples.Example;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of {@code rules.yaml} against the example objects of {@code examples/*.yaml}: data only. */
class OperatorRulesTest {
    private static final HealthRules RULES = new HealthRules();
    private static final List<KindRule> ALL = OperatorRules.read();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void examples(String where, Example example) {
        Optional<Health> health = RULES.assess(example.object());
        assertThat(health.map(Health::status)).isEqualTo(example.expected());
        assertThat(health.map(Health::message).orElse("")).contains(example.message());
        if (health.isPresent() && health.get().status() != HealthStatus.Healthy) {
            assertThat(health.get().message()).isNotBlank();
        }
    }

    static Stream<Arguments> examples() {
        return OperatorExamples.all().stream().map(example -> arguments(example.toString(), example));
    }

    @Test
    void everyRuleIsShownByAnExample() {
        Set<String> shown = new HashSet<>();
        for (Example example : OperatorExamples.all()) {
            rule(example.object()).ifPresent(rule -> shown.add(name(rule) + " " + example.expected()));
        }
        for (KindRule rule : ALL) {
            Stream.concat(rule.first().stream(), rule.states().stream())
                    .forEach(state -> assertThat(shown)
                            .as("examples of the rules; add one to examples/%s.yaml", rule.group())
                            .contains(name(rule) + " " + Optional.of(state.status())));
        }
    }

    @ParameterizedTest
    @MethodSource
    void everyRuleSaysWhereItsStatusIsDocumented(String rule, String source) {
        assertThat(URI.create(source).getScheme()).isEqualTo("https");
    }

    static Stream<Arguments> everyRuleSaysWhereItsStatusIsDocumented() {
        return ALL.stream().map(rule -> arguments(name(rule), rule.source()));
    }

    @Test
    void everyExpressionCompiles() {
        CelExpressions cel = new CelExpressions();
        for (KindRule rule : ALL) {
            assertThatCode(() -> new OperatorRule(rule, cel::compile, new GenericHealth()))
                    .as(name(rule))
                    .doesNotThrowAnyException();
        }
    }

    private static Optional<KindRule> rule(ObjectNode object) {
        return OperatorRules.matching(ALL, new LiveObject(object).groupKind());
    }

    private static String name(KindRule rule) {
        return rule.group() + " " + rule.kinds();
    }
}

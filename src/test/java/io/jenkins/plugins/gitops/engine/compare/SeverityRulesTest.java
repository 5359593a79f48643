package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityRulesTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final ResourceKey WEB = new ResourceKey("apps", "Deployment", "shop", "web");

    @ParameterizedTest(name = "{0} of {2}.{1}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            spec.replicas,                              apps,                      Deployment,  warning
            metadata.labels.team,                       apps,                      Deployment,  info
            metadata.annotations,                       apps,                      Deployment,  info
            spec.template.metadata.labels.team,         apps,                      Deployment,  warning
            spec.template.spec.containers[name="a"].image, apps,                   Deployment,  critical
            spec.template.spec.securityContext.runAsUser, apps,                    Deployment,  critical
            data.key,                                   '',                        Secret,      critical
            data.key,                                   '',                        ConfigMap,   warning
            rules,                                      rbac.authorization.k8s.io, ClusterRole, critical
            spec.ingress,                               networking.k8s.io,         NetworkPolicy, critical
            spec.rules,                                 networking.k8s.io,         Ingress,     warning
            """)
    void aFieldIsAsBadAsTheBuiltInRulesSay(String path, String group, String kind, Severity severity) {
        assertThat(drifted(List.of(), new ResourceKey(group, kind, "shop", "web"), path))
                .isEqualTo(severity);
    }

    @Test
    void anObjectIsAsBadAsItsWorstField() {
        assertThat(drifted(List.of(), WEB, "metadata.labels.a", "x.image", "spec.replicas"))
                .isEqualTo(Severity.critical);
    }

    @Test
    void theFirstOwnRuleThatMatchesStandsBeforeTheBuiltInOnes() {
        List<SeverityRule> own = List.of(
                new SeverityRule("apps", "*", "*", "we?", List.of("*.image"), Severity.info),
                new SeverityRule("apps", "*", "*", "*", List.of("spec.replicas"), Severity.critical),
                new SeverityRule("*", "*", "*", "*", List.of("spec.replicas"), Severity.info));

        assertThat(drifted(own, WEB, "spec.containers[name=\"a\"].image")).isEqualTo(Severity.info);
        assertThat(drifted(own, WEB, "spec.replicas")).isEqualTo(Severity.critical);
        assertThat(drifted(own, new ResourceKey("apps", "Deployment", "shop", "other"), "a.image"))
                .isEqualTo(Severity.critical);
    }

    @Test
    void whatWasTakenAwayIsWorseThanWhatNeverCameAndWhatIsTooMuchIsLeast() {
        SeverityRules rules = new SeverityRules(List.of());

        assertThat(rules.of(WEB, Verdict.Missing, new ObservedBetween(TIME, TIME), List.of()))
                .isEqualTo(Severity.critical);
        assertThat(rules.of(WEB, Verdict.Missing, new ObservedBetween(null, TIME), List.of()))
                .isEqualTo(Severity.warning);
        assertThat(rules.of(WEB, Verdict.Extra, null, List.of())).isEqualTo(Severity.info);
        assertThat(rules.of(WEB, Verdict.Unknown, null, List.of())).isEqualTo(Severity.warning);
        assertThat(rules.of(WEB, Verdict.InSync, null, List.of())).isNull();
    }

    @Test
    void aRuleForFieldsSaysNothingOfAnObjectThatIsMissing() {
        SeverityRules rules = new SeverityRules(List.of(
                new SeverityRule("*", "*", "*", "*", List.of("spec.*"), Severity.critical),
                new SeverityRule("*", "*", "*", "*", List.of(), Severity.info)));

        assertThat(rules.of(WEB, Verdict.Missing, new ObservedBetween(TIME, TIME), List.of()))
                .isEqualTo(Severity.info);
    }

    private static Severity drifted(List<SeverityRule> own, ResourceKey key, String... paths) {
        List<FieldDrift> fields = Stream.of(paths).map(SeverityRulesTest::field).toList();
        return new SeverityRules(own).of(key, Verdict.Drifted, null, fields);
    }

    private static FieldDrift field(String path) {
        return new FieldDrift(path, "", FieldDrift.Change.changed, null, null, false, null, null, null, null, null);
    }
}

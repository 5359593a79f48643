package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.live;
import static io.jenkins.plugins.gitops.engine.model.Health.degraded;
import static io.jenkins.plugins.gitops.engine.model.Health.healthy;
import static io.jenkins.plugins.gitops.engine.model.Health.progressing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS 9: the users' own rules, from an application and from files of three forms. */
class CustomRulesTest {
    private static final HealthCheck WIDGET = new HealthCheck.Expressions(
            "example.com/v1",
            "Widget",
            "status.phase == 'Busy'",
            "status.phase == 'Broken'",
            "status.phase in ['Fine', 'Busy']");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void expressions(String rule, String body, Health expected) {
        HealthRules rules = new HealthRules(new HealthPolicy(true, List.of(WIDGET)));
        assertThat(rules.assess(live("example.com/v2", "Widget", body))).contains(expected);
    }

    static Stream<Arguments> expressions() {
        return Stream.of(
                arguments("current is Healthy", "status: {phase: Fine}", healthy("")),
                arguments(
                        "in progress comes before current",
                        "status: {phase: Busy}",
                        progressing("its rule's expression inProgress holds")),
                arguments(
                        "failed is Degraded, with what the conditions say",
                        "status: {phase: Broken, conditions: [{type: Ready, status: 'False', message: no oil}]}",
                        degraded("its rule's expression failed holds; no oil")),
                arguments(
                        "none is in progress",
                        "status: {phase: Other}",
                        progressing("none of its rule's expressions holds")),
                arguments(
                        "another generation is in progress",
                        "metadata: {generation: 2}, status: {observedGeneration: 1, phase: Fine}",
                        progressing(
                                "its controller has not looked at generation 2 yet: the status is of generation 1")),
                arguments(
                        "without a status nothing can be read",
                        "spec: {}",
                        progressing("no status yet: its controller has not looked at it")),
                arguments(
                        "what cannot be evaluated is Unknown",
                        "status: {other: 1}",
                        new Health(
                                HealthStatus.Unknown,
                                "its rule's expression inProgress evaluation error at <input>:6: key 'phase' is not present in map.")));
    }

    @Test
    void expressionsHaveWhatFluxHas() {
        HealthCheck check = new HealthCheck.Expressions(
                "v1",
                "ConfigMap",
                "has(data.busy)",
                "",
                "data.?state.orValue('none') == 'fine' && sets.contains(['a', 'b'], ['a']) "
                        + "&& string(base64.decode('aGk=')) == 'hi' && 'A-b'.lowerAscii().split('-').join('') == 'ab' && 1 < 1.5");
        HealthRules rules = new HealthRules(new HealthPolicy(true, List.of(check)));
        assertThat(rules.assess(live("v1", "ConfigMap", "data: {state: fine}"))).contains(healthy(""));
    }

    @Test
    void anExpressionThatIsNoneIsAnErrorBeforeAnythingIsDone() {
        HealthCheck check = new HealthCheck.Expressions("example.com/v1", "Widget", "", "status.phase ==", "true");
        assertThatThrownBy(() -> new HealthRules(new HealthPolicy(true, List.of(check))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("health rule of Widget (example.com/v1), failed");
    }

    @Test
    void aRuleOfTheApplicationComesBeforeTheBuiltInOne() {
        HealthCheck check =
                new HealthCheck.Script("apps", "Deployment", "return {status = 'Healthy', message = 'I say so'}");
        HealthRules rules = new HealthRules(new HealthPolicy(true, List.of(check)));
        assertThat(rules.assess(live("apps/v1", "Deployment", "spec: {paused: true}")))
                .contains(healthy("I say so"));
        assertThat(rules.assess(live("apps/v1", "Deployment", "metadata: {deletionTimestamp: '2026-01-01T11:00:00Z'}")))
                .as("but an object being deleted is Progressing")
                .map(Health::status)
                .contains(HealthStatus.Progressing);
    }

    @Test
    void aScriptThatFailsIsUnknownAndNamesItsLine() {
        HealthCheck check =
                new HealthCheck.Script("", "ConfigMap", "local hs = {}\nhs.status = obj.status.phase\nreturn hs");
        Health health = new HealthRules(new HealthPolicy(true, List.of(check)))
                .assess(live("v1", "ConfigMap", "data: {}"))
                .orElseThrow();
        assertThat(health.status()).isEqualTo(HealthStatus.Unknown);
        assertThat(health.message()).startsWith("health script of ConfigMap:2 ");
    }

    @Test
    void aScriptThatAnswersNoStatusIsUnknown() {
        HealthCheck check = new HealthCheck.Script("", "ConfigMap", "return {status = 'Fine'}");
        assertThat(new HealthRules(new HealthPolicy(true, List.of(check))).assess(live("v1", "ConfigMap", "data: {}")))
                .contains(
                        new Health(
                                HealthStatus.Unknown,
                                "its health script gave the status \"Fine\", which is none of [Healthy, Suspended, Progressing, Missing, Degraded, Unknown]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void files(String form, String text) {
        assertThat(assess(text, live("example.com/v1", "Widget", "status: {mode: red}")))
                .map(Health::status)
                .contains(HealthStatus.Degraded);
        assertThat(assess(text, live("example.com/v1", "Widget", "status: {mode: green}")))
                .map(Health::status)
                .contains(HealthStatus.Healthy);
        assertThat(assess(text, live("example.org/v1", "Widget", "status: {mode: red}")))
                .isEmpty();
    }

    static Stream<Arguments> files() {
        String script = "return {status = obj.status.mode == 'red' and 'Degraded' or 'Healthy', message = 'x'}";
        return Stream.of(
                arguments("our own form", """
                        kind: HealthRules
                        groups:
                        - group: example.com
                          rules:
                          - {status: Degraded, when: "obj.text('status.mode') == 'red'", message: "'it is red'"}
                          otherwise: Healthy
                        """),
                arguments("Flux's entries", """
                        healthCheckExprs:
                        - apiVersion: example.com/v1
                          kind: Widget
                          failed: status.mode == 'red'
                          current: status.mode == 'green'
                        """),
                arguments("Flux's Kustomization", """
                        apiVersion: kustomize.toolkit.fluxcd.io/v1
                        kind: Kustomization
                        metadata: {name: shop}
                        spec:
                          healthCheckExprs:
                          - apiVersion: example.com/v1
                            kind: Widget
                            failed: status.mode == 'red'
                            current: status.mode == 'green'
                        """),
                arguments("one of Flux's entries alone", """
                        apiVersion: example.com/v1
                        kind: Widget
                        failed: status.mode == 'red'
                        current: status.mode == 'green'
                        """),
                arguments("Flux's entries as a bare list", """
                        # of the Kustomization shop
                        - apiVersion: example.com/v1
                          kind: Widget
                          failed: status.mode == 'red'
                          current: status.mode == 'green'
                        """),
                arguments("Argo CD's ConfigMap", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-cm}
                        data:
                          timeout.reconciliation: 180s
                          resource.customizations.health.example.com_Widget: |
                            %s
                        """.formatted(script)),
                arguments("Argo CD's older ConfigMap", """
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          resource.customizations: |
                            example.com/Widget:
                              health.lua.useOpenLibs: true
                              health.lua: |
                                %s
                              ignoreDifferences: |
                                jsonPointers: [/spec]
                        """.formatted(script)),
                arguments("Argo CD's wildcards", """
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          resource.customizations: |
                            "*.com/*":
                              health.lua: |
                                %s
                        """.formatted(script)));
    }

    @Test
    void anExactKeyComesBeforeAWildcard() {
        String text = """
                kind: ConfigMap
                data:
                  resource.customizations: |
                    "*/*":
                      health.lua: return {status = 'Unknown', message = 'any'}
                    Secret:
                      health.lua: return {status = 'Healthy', message = 'exact'}
                """;
        assertThat(assess(text, live("v1", "Secret", "data: {}"))).contains(healthy("exact"));
        assertThat(assess(text, live("v1", "ConfigMap", "data: {}"))).contains(new Health(HealthStatus.Unknown, "any"));
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> assess("kind: Service\nspec: {}", live("v1", "Service", "spec: {}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rules.yaml:1:1")
                .hasMessageContaining("is no file of health rules");
    }

    @Test
    void aWrongFileOfOurFormSaysWhatAndWhere() {
        assertThatThrownBy(() -> assess("""
                                kind: HealthRules
                                groups:
                                - group: example.com
                                  rules:
                                  - {status: Broken, when: obj.isTrue('x')}
                                  colour: red
                                """, live("v1", "Service", "spec: {}")))
                .hasMessageContaining("rules.yaml:5:6: must be one of")
                .hasMessageContaining("rules.yaml:6:3: colour is unknown");
        assertThatThrownBy(() -> assess("""
                                kind: HealthRules
                                groups:
                                - group: example.com
                                  rules:
                                  - {status: Healthy, when: obj.isTure('x')}
                                """, live("v1", "Service", "spec: {}"))).hasMessageContaining("isTure");
    }

    private static Optional<Health> assess(String file, ObjectNode object) {
        HealthRuleFile rules = HealthRuleFile.read("rules.yaml", file.getBytes(StandardCharsets.UTF_8));
        return new HealthRules(HealthPolicy.DEFAULT, List.of(rules), InstantSource.system()).assess(object);
    }
}

package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.field;
import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is ignored is no drift, and is never overwritten (SEMANTICS 4). */
@WithCluster
class IgnoreRulesTest {
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {tier: front}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: web, image: "registry.example/web:1"}
                  - {name: proxy, image: "registry.example/proxy:1"}
            """;

    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder).file("web.yaml", WEB);
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.sync();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void byJsonPointer() {
        shop.ignore(rule(List.of("/spec/replicas"), List.of(), List.of()));
        namespace.kubectl("scale", "deployment/web", "--replicas=4");

        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        namespace.kubectl("label", "deployment/web", "tier=back", "--overwrite");
        ObjectDrift web = object(shop.diff(), "Deployment", "web");
        assertThat(web.fields()).hasSize(1);
        assertThat(field(web, "metadata.labels.tier").live().asText()).isEqualTo("back");
        shop.sync();
        assertThat(namespace.read("deployment/web", "{.spec.replicas}")).isEqualTo("4");
        assertThat(namespace.read("deployment/web", "{.metadata.labels.tier}")).isEqualTo("front");
    }

    @Test
    void byJqPathExpression() {
        shop.ignore(rule(
                List.of(),
                List.of(".spec.template.spec.containers[] | select(.name == \"proxy\") | .image"),
                List.of()));
        namespace.kubectl("set", "image", "deployment/web", "proxy=registry.example/proxy:2");

        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        namespace.kubectl("set", "image", "deployment/web", "web=registry.example/web:2");
        assertThat(object(shop.diff(), "Deployment", "web").fields()).hasSize(1);
        shop.sync();
        assertThat(namespace.read("deployment/web", "{.spec.template.spec.containers[*].image}"))
                .isEqualTo("registry.example/web:1 registry.example/proxy:2");
    }

    @Test
    void byFieldManager() {
        shop.ignore(rule(List.of(), List.of(), List.of("rollout-bot")));
        namespace.kubectl(
                "set", "image", "deployment/web", "web=registry.example/web:2", "--field-manager=rollout-bot");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);

        namespace.kubectl(
                "set", "image", "deployment/web", "proxy=registry.example/proxy:2", "--field-manager=mallory");
        assertThat(object(shop.diff(), "Deployment", "web").fields()).hasSize(1);
        shop.sync();
        assertThat(namespace.read("deployment/web", "{.spec.template.spec.containers[*].image}"))
                .isEqualTo("registry.example/web:2 registry.example/proxy:1");
    }

    @Test
    void aRuleOfAnotherKindOrNameIgnoresNothing() {
        shop.ignore(
                new IgnoreRule("apps", "StatefulSet", "*", "*", List.of("/spec/replicas"), List.of(), List.of()),
                new IgnoreRule("apps", "Deployment", "*", "other-*", List.of("/spec/replicas"), List.of(), List.of()));
        namespace.kubectl("scale", "deployment/web", "--replicas=4");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.OutOfSync);
    }

    @Test
    void anObjectThatDoesNotExistYetIsCreatedWhole() {
        namespace.kubectl("delete", "deployment/web");
        shop.ignore(rule(List.of("/spec/replicas"), List.of(), List.of()));
        SyncReport report = shop.sync();
        assertThat(report.message()).as(ReportJson.pretty(report)).isEmpty();
        assertThat(namespace.read("deployment/web", "{.spec.replicas}")).isEqualTo("2");
    }

    @Test
    void anExpressionThatIsNoJqIsAnErrorBeforeAnythingIsRead() {
        shop.ignore(rule(List.of("spec/replicas"), List.of(".spec["), List.of()));
        assertThatThrownBy(shop::diff)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\"spec/replicas\" is no JSON pointer")
                .hasMessageContaining("\".spec[\" is no jq path expression");
    }

    @Test
    void aSlowExpressionIsCutAfterASecond() {
        shop.ignore(rule(List.of(), List.of("if last(range(200000000)) > 0 then .spec else .spec end"), List.of()));
        Instant start = Instant.now();
        assertThatThrownBy(shop::diff)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("takes longer than 1 s");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    private static IgnoreRule rule(List<String> pointers, List<String> expressions, List<String> managers) {
        return new IgnoreRule("apps", "Deployment", "*", "*", pointers, expressions, managers);
    }
}

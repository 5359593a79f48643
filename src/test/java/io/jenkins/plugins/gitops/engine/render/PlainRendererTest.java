package io.jenkins.plugins.gitops.engine.render;

import static io.jenkins.plugins.gitops.engine.render.Checkout.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainRendererTest {
    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void open() {
        checkout = new Checkout(folder);
    }

    @Test
    void everyManifestKnowsWhereItWasWritten() {
        checkout.write("a.yaml", "# first\n" + configMap("one") + "---\n---\n\n" + configMap("two"))
                .write("list.yaml", """
                        apiVersion: v1
                        kind: List
                        items:
                          - apiVersion: v1
                            kind: Secret
                            metadata: {name: three}
                          - kind: PodList
                            apiVersion: v1
                            items:
                              - metadata: {name: four}
                              - metadata:
                                  name: five
                        """);

        List<Manifest> manifests = checkout.render().manifests();

        assertThat(manifests)
                .extracting(Manifest::origin)
                .containsExactly(
                        new Origin("a.yaml", 0, 2),
                        new Origin("a.yaml", 2, 9),
                        new Origin("list.yaml", 0, 4),
                        new Origin("list.yaml", 0, 10),
                        new Origin("list.yaml", 0, 11));
        assertThat(manifests.get(4).key()).hasToString("Pod shop/five");
        assertThat(manifests.get(4).apiVersion()).isEqualTo("v1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {apiVersion: v1, kind: List}                                     | 0
            {apiVersion: v1, kind: List, items: []}                          | 0
            {apiVersion: v1, kind: List, items: null}                        | 0
            {apiVersion: x.y/v1, kind: FooList, items: [{metadata: {name: a}}]} | 1
            {apiVersion: x.y/v1, kind: AllowList, metadata: {name: a}}       | 1
            {apiVersion: x.y/v1, kind: Menu, items: [1], metadata: {name: a}} | 1
            """)
    void aListIsWhatKubectlTakesForOne(String yaml, int objects) {
        assertThat(checkout.write("l.yaml", yaml).render().manifests()).hasSize(objects);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {apiVersion: v1, kind: List, items: {a: b}}          | 1:30 | must be a list
            {apiVersion: v1, kind: List, items: [{}, x]}         | 1:38 | apiVersion is missing
            {kind: A, metadata: {name: a}}                       | 1:2  | apiVersion is missing
            {apiVersion: v1, metadata: {name: a}}                | 1:2  | kind is missing
            {apiVersion: v1, kind: '', metadata: {name: a}}      | 1:18 | kind is missing
            {apiVersion: 1, kind: A, metadata: {name: a}}        | 1:2  | apiVersion must be a string, but is the number 1; put the value in quotes
            {apiVersion: v1, kind: [A], metadata: {name: a}}     | 1:18 | kind must be a string, but is a list
            {apiVersion: v1, kind: A}                            | 1:2  | metadata.name is missing
            {apiVersion: v1, kind: A, metadata: }                | 1:27 | metadata.name is missing
            {apiVersion: v1, kind: A, metadata: {labels: }}      | 1:27 | metadata.name is missing
            {apiVersion: v1, kind: A, metadata: [name]}          | 1:27 | metadata must be a mapping, but is a list
            {apiVersion: v1, kind: A, metadata: x}               | 1:27 | metadata must be a mapping, but is a string
            {apiVersion: v1, kind: A, metadata: {name: 12}}      | 1:38 | metadata.name must be a string, but is the number 12; put the value in quotes
            {apiVersion: v1, kind: A, metadata: {name: yes}}     | 1:38 | metadata.name must be a string, but is the boolean true
            {apiVersion: v1, kind: A, metadata: {generateName: a-}} | 1:38 | for hooks only
            {apiVersion: v1, kind: A, metadata: {name: a, namespace: 1}} | 1:47 | metadata.namespace must be a string
            {apiVersion: v1, kind: A, metadata: {name: ..}}       | 1:38 | metadata.name must not be "." or ".."
            {apiVersion: v1, kind: A, metadata: {name: a/b}}      | 1:38 | nor contain "/" or "%", but is "a/b"
            {apiVersion: v1, kind: A, metadata: {name: a, namespace: ../b}} | 1:47 | metadata.namespace must be lower case letters
            {apiVersion: v1, kind: A, metadata: {name: a, namespace: "a b"}} | 1:47 | but is "a b"
            {apiVersion: v1, kind: A, metadata: {name: a, labels: x}} | 1:47 | metadata.labels must be a mapping
            {apiVersion: v1, kind: A, metadata: {name: a, labels: {v: 1.0}}} | 1:56 | metadata.labels["v"] must be a string, but is the number 1
            {apiVersion: v1, kind: A, metadata: {name: a, annotations: {on/x: true}}} | 1:61 | metadata.annotations["on/x"] must be a string, but is the boolean true; put the value in quotes
            {apiVersion: v1, kind: A, metadata: {name: a, annotations: {x: }}} | 1:61 | metadata.annotations["x"] must be a string, but is null
            {apiVersion: gitops.jenkins.io/v1, kind: Application, metadata: {name: a}} | 1:2 | is an application file
            """)
    void whatAnObjectMustHaveIsAskedAtItsPlace(String yaml, String position, String what) {
        List<Problem> problems = checkout.write("f.yaml", yaml).problems();

        assertThat(problems).isNotEmpty();
        assertThat(problems.get(0).where()).isEqualTo("f.yaml:" + position);
        assertThat(problems.get(0).what()).contains(what);
    }

    @Test
    void everyProblemOfTheSetIsReportedAtOnce() {
        checkout.write("a.yaml", "kind: A\n---\na: [\n")
                .write("b.yaml", configMap("x") + "  labels: {a: 1, b: true}\n---\n" + configMap("w") + "  name: w\n")
                .write("c.json", "{")
                .write("d.yaml", configMap("z") + "---\n" + configMap("z"));

        assertThat(checkout.problems())
                .extracting(Problem::where)
                .containsExactly(
                        "a.yaml:4:1",
                        "a.yaml:1:1",
                        "a.yaml:1:1",
                        "b.yaml:11:3",
                        "b.yaml:5:12",
                        "b.yaml:5:18",
                        "c.json:1:2",
                        "d.yaml:6");
    }

    @Test
    void twoObjectsOfOneKeyAreAnErrorThatNamesBothPlaces() {
        checkout.write("a.yaml", configMap("x")).write("b.yaml", configMap("x") + "  namespace: shop\n");

        assertThat(checkout.problems())
                .singleElement()
                .hasToString("b.yaml:1: ConfigMap shop/x is already defined at a.yaml:1; remove one of the two");
    }

    @Test
    void anotherVersionOfAKindIsTheSameObject() {
        checkout.write(
                "a.yaml",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}}\n---\n"
                        + "{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: x}}\n---\n"
                        + "{apiVersion: other/v1, kind: Deployment, metadata: {name: x, namespace: shop}}");

        assertThat(checkout.problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            argocd.argoproj.io/hook: presync                 | argocd.argoproj.io/hook has the unknown word "presync"; did you mean PreSync?
            gitops.jenkins.io/hook: "PreSync,Skip"           | Skip stands alone
            {gitops.jenkins.io/hook: Sync, gitops.jenkins.io/hook-timeout: soon} | must be a duration
            {gitops.jenkins.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: Never} | unknown word "Never"
            {helm.sh/hook: pre-install, helm.sh/hook-weight: heavy} | must be a whole number
            """)
    void anUnknownWordOfAHookIsAnErrorThatNamesItsPlace(String annotations, String what) {
        String written = annotations.startsWith("{") ? annotations : "{" + annotations + "}";
        checkout.write("a.yaml", configMap("x") + "  annotations: " + written + "\n");

        assertThat(checkout.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).startsWith("a.yaml:5:").contains(what));
    }

    @Test
    void aHookMayHaveAGeneratedNameAndSeveralMayShareIt() {
        String hook = "{apiVersion: batch/v1, kind: Job, metadata: {generateName: a-, annotations: {%s}}}\n";
        String both = hook.formatted("argocd.argoproj.io/hook: PreSync") + "---\n"
                + hook.formatted("helm.sh/hook: pre-install");
        assertThat(checkout.write("a.yaml", both).render().manifests()).hasSize(2);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            sync-options    | Prune=false                        | fine
            sync-options    | PruneLast=true                     | fine
            sync-options    | Prune=false, PruneLast=true,       | fine
            sync-options    | ServerSideApply=true               | fine
            sync-options    | Replace=false,Force=false          | fine
            sync-options    | Prune=confirm                      | fine
            sync-options    | Delete=false                       | fine
            sync-options    | Replace=true                       | fine
            sync-options    | Force=true                         | fine
            sync-options    | ServerSideApply=false              | fine
            sync-options    | SkipDryRunOnMissingResource=true   | fine
            sync-options    | Validate=false                     | fine
            sync-options    | FailOnSharedResource=true          | fine
            sync-options    | ApplyOutOfSyncOnly=true            | fine
            sync-options    | CreateNamespace=true               | fine
            sync-options    | RespectIgnoreDifferences=true      | fine
            sync-options    | RespectIgnoreDifferences           | fine
            sync-options    | Prun=false                         | warning
            sync-options    | nonsense                           | warning
            sync-options    | Prune=maybe                        | warning
            compare-options | IgnoreExtraneous                   | fine
            compare-options | ServerSideDiff=true                | problem
            sync-wave       | -5                                 | fine
            sync-wave       | first                              | problem
            sync-wave       | 1.5                                | problem
            """)
    void anAnnotationThatHasNoEffectIsNeverAcceptedInSilence(String name, String value, String outcome) {
        for (String prefix : List.of("gitops.jenkins.io/", "argocd.argoproj.io/")) {
            checkout.write("a.yaml", configMap("x") + "  annotations:\n    " + prefix + name + ": '" + value + "'\n");

            List<Problem> problems = checkout.problems();

            assertThat(problems).hasSize(outcome.equals("problem") ? 1 : 0);
            problems.forEach(problem -> assertThat(problem.where()).isEqualTo("a.yaml:6:5"));
            if (!outcome.equals("problem")) {
                assertThat(checkout.render().warnings()).hasSize(outcome.equals("warning") ? 1 : 0);
            }
        }
    }

    @Test
    void ourAnnotationBeatsArgoCds() {
        checkout.write(
                "a.yaml",
                configMap("x")
                        + "  annotations:\n    argocd.argoproj.io/sync-options: Replace=true\n"
                        + "    gitops.jenkins.io/sync-options: Prune=false\n");

        assertThat(checkout.problems()).isEmpty();
    }

    @Test
    void namespacedObjectsWithoutANamespaceGetTheDefault() {
        checkout.write(
                "a.yaml",
                configMap("x") + "---\n" + configMap("w") + "  namespace: other\n---\n" + configMap("z")
                        + "  namespace:\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");

        assertThat(keys())
                .containsExactly("ConfigMap shop/x", "ConfigMap other/w", "ConfigMap shop/z", "Namespace shop");
    }

    @Test
    void aNamespaceOnAClusterScopedObjectIsLeftOutWithAWarning() {
        checkout.write("a.yaml", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata:
                  name: x
                  namespace: shop
                """);

        Rendered rendered = checkout.render();

        assertThat(rendered.manifests().get(0).content().path("metadata").has("namespace"))
                .isFalse();
        assertThat(rendered.warnings())
                .containsExactly("a.yaml:5:3: ClusterRole.rbac.authorization.k8s.io is"
                        + " cluster-scoped: its namespace \"shop\" is left out");
    }

    @Test
    void aDefinitionInTheSetDecidesTheScopeOfItsInstances() {
        checkout.write(
                        "a.yaml",
                        "{apiVersion: x.y/v1, kind: Wide, metadata: {name: w}}\n---\n"
                                + "{apiVersion: x.y/v1, kind: Narrow, metadata: {name: m}}\n---\n"
                                + "{apiVersion: z/v1, kind: Nobody, metadata: {name: o}}\n---\n"
                                + "{apiVersion: z/v1, kind: Nobody, metadata: {name: o, namespace: p}}\n")
                .write("crd.yaml", crd("Wide", "Cluster") + "---\n" + crd("Narrow", "Namespaced"));

        Rendered rendered = checkout.render();

        assertThat(rendered.manifests())
                .extracting(Manifest::key)
                .extracting(ResourceKey::toString)
                .startsWith("Wide.x.y w", "Narrow.x.y shop/m", "Nobody.z o", "Nobody.z p/o");
        assertThat(rendered.unknownKinds()).containsExactly(new GroupKind("z", "Nobody"));
    }

    private static String crd(String kind, String scope) {
        return "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: %ss.x.y},"
                        .formatted(kind.toLowerCase(Locale.ROOT))
                + " spec: {group: x.y, scope: " + scope
                + ", names: {kind: " + kind + "}}}\n";
    }

    @Test
    void aSecretsStringDataIsMergedIntoItsDataAndWins() {
        checkout.write("s.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: s}
                data: {a: b2xk, b: a2VwdA==}
                stringData: {a: new, c: "ü"}
                """);

        JsonNode content = checkout.render().manifests().get(0).content();

        assertThat(content.has("stringData")).isFalse();
        assertThat(content.path("data")).hasToString("{\"a\":\"bmV3\",\"b\":\"a2VwdA==\",\"c\":\"w7w=\"}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            data: {p: 4711}          | data["p"] of a Secret must be a string
            data: {p: }              | data["p"] of a Secret must be a string
            stringData: {p: 4711}    | stringData["p"] of a Secret must be a string
            stringData: {p: true}    | stringData["p"] of a Secret must be a string
            data: {p: 'swordfish!'}  | data["p"] of a Secret is not base64
            data: {p: 'YQ'}          | data["p"] of a Secret is not base64
            data: [4711]             | data of a Secret must be a mapping
            stringData: 4711         | stringData of a Secret must be a mapping
            """)
    void aSecretsValuesAreCheckedAndNeverQuoted(String yaml, String what) {
        checkout.write("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n" + yaml);

        assertThat(checkout.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).startsWith("s.yaml:4:"))
                .satisfies(problem -> assertThat(problem.what())
                        .contains(what)
                        .doesNotContain("4711")
                        .doesNotContain("swordfish"));
    }

    @Test
    void whatTheServerSetsIsLeftOutWithAWarningWhereItSaysSomething() {
        checkout.write("a.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: x
                  uid: 123
                  resourceVersion: "7"
                  generation: 3
                  selfLink: /x
                  creationTimestamp: 2020-01-01T00:00:00Z
                  managedFields: [{manager: kubectl}]
                  finalizers: [keep/this]
                status: {phase: Done}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: w
                  creationTimestamp: null
                  labels:
                  annotations: ~
                status: {}
                """);

        Rendered rendered = checkout.render();

        assertThat(rendered.manifests().get(0).content().path("metadata"))
                .hasToString("{\"name\":\"x\",\"finalizers\":[\"keep/this\"],\"namespace\":\"shop\"}");
        assertThat(rendered.manifests())
                .allSatisfy(
                        manifest -> assertThat(manifest.content().has("status")).isFalse());
        assertThat(rendered.manifests().get(1).content().path("metadata"))
                .hasToString("{\"name\":\"w\",\"namespace\":\"shop\"}");
        assertThat(rendered.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith(
                                "a.yaml:1:1: status, metadata.managedFields, metadata.resourceVersion, metadata.uid,"));
    }

    @Test
    void anEmptyFolderIsAnEmptySet() {
        assertThat(checkout.write("README.md", "")
                        .write("empty.yaml", "# nothing\n")
                        .render()
                        .manifests())
                .isEmpty();
    }

    @Test
    void renderingTwiceGivesTheSame() {
        checkout.write("a.yaml", configMap("x")).write("b/c.yaml", configMap("w"));

        assertThat(checkout.render()).isEqualTo(checkout.render());
    }

    private List<String> keys() {
        return checkout.render().manifests().stream()
                .map(manifest -> manifest.key().toString())
                .toList();
    }
}

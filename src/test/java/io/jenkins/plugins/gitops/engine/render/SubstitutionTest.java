package io.jenkins.plugins.gitops.engine.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.build.HostInputs;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Variables;
import io.jenkins.plugins.gitops.engine.render.build.Variables.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables in manifests, from files to the desired set. */
class SubstitutionTest {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("app", "shop"),
            Map.entry("count", "3"),
            Map.entry("on", "true"),
            Map.entry("quote", "\""),
            Map.entry("list", "[a, b]"),
            Map.entry("map", "{a: 1}"),
            Map.entry("colon", "a: b #c"),
            Map.entry("template", "{{ .Values.x }}"),
            Map.entry("empty", ""),
            Map.entry("lines", "a\nb\n"));

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void open() {
        checkout = new Checkout(folder);
    }

    @Test
    void withoutASubstituteBlockTheTextStays() {
        checkout.write("a.yaml", Checkout.configMap("a") + "data: {a: '${app} $$'}\n");

        assertThat(checkout.render().manifests().get(0).content().at("/data/a").asText())
                .isEqualTo("${app} $$");
    }

    /** A number where YAML would read one, as in Flux; a string where Kubernetes takes nothing else, unlike there. */
    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /spec/replicas                       | ${count}              | 3
            /spec/paused                         | ${on}                 | true
            /spec/text                           | ${quote}${count}${quote} | "3"
            /spec/text                           | a${count}             | "a3"
            /spec/text                           | ${count}:${count}     | "3:3"
            /spec/text                           | "${count}: x"         | "3: x"
            /spec/text                           | ${colon}              | "a: b #c"
            /spec/text                           | ${template}           | "{{ .Values.x }}"
            /spec/text                           | ${lines}              | "ab"
            /spec/text                           | "${count}\\n"         | "3\\n"
            /spec/list                           | ${list}               | ["a","b"]
            /spec/map                            | ${map}                | {"a":1}
            /spec/none                           | ${empty}              | null
            /spec/items/0                        | ${count}              | 3
            /metadata/labels/a                   | ${count}              | "3"
            /metadata/annotations/a              | ${map}                | "{a: 1}"
            /metadata/annotations/b              | ${empty}              | ""
            /metadata/name                       | ${app}-${count}       | "shop-3"
            /spec/containers/0/env/0/value       | ${count}              | "3"
            /spec/containers/0/args/0            | ${on}                 | "true"
            /spec/selector/matchLabels/a         | ${on}                 | "true"
            """)
    void aValueIsWhatYamlReads(String pointer, String written, String expected) throws IOException {
        var object = new ObjectMapper().createObjectNode();
        object.put("apiVersion", "example.com/v1").put("kind", "Widget");
        object.withObject("/metadata").put("name", "a").put("namespace", "b");
        boolean quoted = written.startsWith("\"");
        var text = quoted ? new ObjectMapper().readTree(written) : object.textNode(written);
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1);
        if (last.equals("0")) {
            object.withArray(pointer.substring(0, slash)).add(text);
        } else {
            object.withObject(pointer.substring(0, slash)).set(last, text);
        }
        checkout.write("a.json", object.toString());

        JsonNode value = render().get(0).content().at(pointer);

        assertThat(value.toString()).isEqualTo(expected);
    }

    @Test
    void dataOfAConfigMapAndOfASecretAreStrings() {
        checkout.write(
                "a.yaml", Checkout.configMap("${app}") + "data:\n  ${app}: '${count}'\n  q: '${quote}1${quote}'\n");
        checkout.write("b.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: '${count}'}\n");
        checkout.write(
                "c.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {a: '${count}'}}\n");

        List<Manifest> manifests = render();

        assertThat(manifests.get(0).content().path("data").toString()).isEqualTo("{\"shop\":\"3\",\"q\":\"1\"}");
        assertThat(manifests.get(1).content().at("/data/a").asText()).isEqualTo("Mw==");
        assertThat(manifests.get(2).content().at("/spec/selector/a").isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "labels, kustomize.toolkit.fluxcd.io/substitute",
        "annotations, kustomize.toolkit.fluxcd.io/substitute",
        "annotations, gitops.jenkins.io/substitute"
    })
    void anObjectThatSaysDisabledStaysAsItIs(String where, String name) {
        checkout.write(
                "a.yaml",
                Checkout.configMap("a") + "  " + where + ": {" + name + ": disabled}\n"
                        + "data: {a: '${none} $${x}'}\n");

        assertThat(render().get(0).content().at("/data/a").asText()).isEqualTo("${none} $${x}");
    }

    @Test
    void aListItemAndASyncWaveHaveTheirValues() {
        checkout.write("a.yaml", """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata:
                    name: ${app}
                    annotations: {gitops.jenkins.io/sync-wave: "${count}"}
                """);

        assertThat(render().get(0).annotation("gitops.jenkins.io/sync-wave")).contains("3");
    }

    @Test
    void whatIsMissingIsToldAtItsPlaceWithObjectAndVariable() {
        checkout.write("a.yaml", Checkout.configMap("a") + "data:\n  a: x\n  b: ${ap}\n  c: ${app\n");

        assertThat(problems())
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("a.yaml:7:3: ConfigMap a: the variable \"ap\"")
                        .contains("did you mean \"app\"?"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("a.yaml:8:3: ConfigMap a: ")
                        .contains("}"));
    }

    @Test
    void twoKeysThatBecomeOneAreAnError() {
        checkout.write("a.yaml", Checkout.configMap("a") + "data: {shop: a, '${app}': b}\n");

        assertThat(problems()).singleElement().asString().contains("the key \"shop\" is there already");
    }

    @Test
    void aSecretValueIsHiddenInAnyObject() {
        checkout.write(
                "a.yaml", Checkout.configMap("a") + "data: {url: 'db://u:${pw}@host', user: '${app}', a: \"x\"}\n");

        Manifest manifest = render().get(0);

        assertThat(manifest.content().at("/data/url").asText()).isEqualTo("db://u:swordfish@host");
        assertThat(manifest.isConfidential()).isTrue();
        assertThat(manifest.hidden().texts()).containsExactlyInAnyOrder("swordfish", "db://u:swordfish@host");
        assertThat(new MaskedSecret().mask(manifest).path("data").toString())
                .isEqualTo("{\"url\":\"(masked)\",\"user\":\"shop\",\"a\":\"x\"}");
        assertThat(manifest.toString() + manifest.hidden()).doesNotContain("swordfish");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metadata: {name: a, namespace: 'x${pw}'}                                  | metadata.namespace cannot hold
            metadata: {name: a, labels: {a: '${pw}'}}                                 | metadata.labels.a cannot hold
            metadata: {name: a, annotations: {gitops.jenkins.io/sync-wave: '${pw}'}}  | sync-wave cannot hold
            metadata: {name: '${pw:0:3}'}                                             | metadata.name cannot hold
            {metadata: {name: a}, data: {'${pw}': a}}                                 | part of a key
            """)
    void aSecretValueIsRefusedWhereItWouldBeShown(String rest, String message) {
        String fields = rest.startsWith("{") ? rest.substring(1, rest.length() - 1) : rest;
        checkout.write("a.yaml", "{apiVersion: v1, kind: ConfigMap, " + fields + "}\n");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).startsWith("a.yaml:1:").contains(message);
            assertThat(problem.toString()).doesNotContain("swo");
        });
    }

    @Test
    void anErrorInASecretQuotesNothingOfIt() {
        checkout.write(
                "a.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: 'x${fish/y', b: '${dish:-${bowl?}${fish}'}\n");

        assertThat(problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.toString())
                        .startsWith("a.yaml:4:")
                        .contains("Secret s: ")
                        .doesNotContain("fish"));
    }

    @Test
    void valuesOfTheClusterNeedACluster() {
        checkout.write("a.yaml", Checkout.configMap("a"));
        Substitution substitution = new Substitution(
                true, Map.of(), List.of(new Substitution.ValuesFrom(Substitution.Kind.ConfigMap, "site", true)));

        assertThatThrownBy(() -> checkout.render(application().withSubstitution(substitution), RenderTools.ofProcess()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ConfigMap site is in the cluster");
    }

    private List<Manifest> render() {
        Variables host = name -> name.equals("pw") ? Optional.of(new Value("swordfish", true)) : Optional.empty();
        return checkout.render(application(), RenderTools.ofProcess().withInputs(HostInputs.NONE.withVariables(host)))
                .manifests();
    }

    private static Application application() {
        return new Application(
                        new UUID(1, 2), "shop", Source.of("", "", ""), new Destination("", "shop"), SyncPolicy.DEFAULT)
                .withSubstitution(new Substitution(true, VALUES, List.of()));
    }

    private List<Problem> problems() {
        try {
            render();
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }
}

package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Field differences and their paths; each list rule on the managed fields that a server writes for such a list. */
class FieldComparisonTest {
    @Test
    void whatTheServerKeepsForItselfIsNoDifference() {
        assertThat(differences(
                        "{metadata: {name: a, resourceVersion: '1', uid: x, generation: 2}, status: {ready: true}}",
                        "{metadata: {name: a, resourceVersion: '9', uid: y, generation: 5}, status: {ready: false}}",
                        "{}"))
                .isEmpty();
    }

    @Test
    void aLabelIsNamedInBracketsWhenItIsNoPlainWord() {
        assertThat(differences(
                        "{metadata: {labels: {'app.kubernetes.io/name': web, tier: front}}}", "{metadata: {}}", "{}"))
                .containsExactly(
                        "metadata.labels[\"app.kubernetes.io/name\"] /metadata/labels/app.kubernetes.io~1name: \"web\" <- none",
                        "metadata.labels.tier /metadata/labels/tier: \"front\" <- none");
    }

    @Test
    void itemsAreMatchedByTheirMergeKeys() {
        assertThat(differences(
                        "{spec: {containers: [{name: a, image: x:2}, {name: b, image: y}]}}",
                        "{spec: {containers: [{name: a, image: x:1}, {name: b, image: y}]}}",
                        "{'f:spec': {'f:containers': {'k:{\"name\":\"a\"}': {'.': {}, 'f:image': {}}}}}"))
                .containsExactly("spec.containers[name=\"a\"].image /spec/containers/0/image: \"x:2\" <- \"x:1\"");
    }

    @Test
    void anItemMoreOrLessIsOneDifference() {
        assertThat(differences(
                        "{spec: {containers: [{name: a}, {name: b}]}}",
                        "{spec: {containers: [{name: c}, {name: a}]}}",
                        "{'f:spec': {'f:containers': {'k:{\"name\":\"a\"}': {}}}}"))
                .containsExactly(
                        "spec.containers[name=\"b\"] /spec/containers/1: {\"name\":\"b\"} <- none",
                        "spec.containers[name=\"c\"] /spec/containers/0: none <- {\"name\":\"c\"}");
    }

    @Test
    void anotherOrderOfItemsIsADifference() {
        assertThat(differences(
                        "{spec: {env: [{name: a}, {name: b}]}}",
                        "{spec: {env: [{name: b}, {name: a}]}}",
                        "{'f:spec': {'f:env': {'k:{\"name\":\"a\"}': {}}}}"))
                .singleElement()
                .asString()
                .startsWith("spec.env /spec/env: ");
    }

    @Test
    void duplicateKeysAreNotHiddenByMatching() {
        assertThat(differences(
                        "{spec: {env: [{name: a, value: x}]}}",
                        "{spec: {env: [{name: a, value: y}, {name: a, value: x}]}}",
                        "{'f:spec': {'f:env': {'k:{\"name\":\"a\"}': {}}}}"))
                .hasSize(1);
    }

    @Test
    void aSetIsComparedByItsValues() {
        assertThat(differences(
                        "{metadata: {finalizers: [a, b]}}",
                        "{metadata: {finalizers: [a]}}",
                        "{'f:metadata': {'f:finalizers': {'v:\"a\"': {}}}}"))
                .containsExactly("metadata.finalizers[=\"b\"] /metadata/finalizers/1: \"b\" <- none");
    }

    @Test
    void aListThatNobodyOwnsItemByItemIsAtomic() {
        assertThat(differences("{spec: {args: [a, b]}}", "{spec: {args: [a, c]}}", "{'f:spec': {'f:args': {}}}"))
                .containsExactly("spec.args /spec/args: [\"a\",\"b\"] <- [\"a\",\"c\"]");
    }

    @Test
    void anEmptyMappingIsNotTheSameAsNone() {
        assertThat(differences("{spec: {emptyDir: {}}}", "{spec: {}}", "{}"))
                .containsExactly("spec.emptyDir /spec/emptyDir: {} <- none");
    }

    private static List<String> differences(String dryRun, String live, String fields) {
        ObjectNode before = json(live);
        before.withObject("/metadata")
                .putArray("managedFields")
                .addObject()
                .put("manager", "kubectl")
                .set("fieldsV1", json(fields));
        ObjectNode after = json(dryRun);
        after.withObject("/metadata");
        return FieldComparison.between(after, before).stream()
                .map(difference -> difference.path() + " " + difference.pointer() + ": "
                        + difference.desired().map(Object::toString).orElse("none") + " <- "
                        + difference.live().map(Object::toString).orElse("none"))
                .toList();
    }

    /** Reads flow YAML, which is easier on the eye than escaped JSON. */
    private static ObjectNode json(String yaml) {
        try {
            Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            ObjectMapper mapper = new ObjectMapper();
            return (ObjectNode) mapper.readTree(mapper.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}

package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.report.SetChanges.Change;
import io.jenkins.plugins.gitops.engine.report.SetChanges.FieldChange;
import io.jenkins.plugins.gitops.engine.report.SetChanges.ObjectChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetComparisonTest {
    @Test
    void equalSetsHaveNoChange() {
        assertThat(between(List.of(object("a", "{'x':1}")), List.of(object("a", "{'x':1}"))))
                .isEmpty();
    }

    @Test
    void anObjectOfOneSetOnlyIsAddedOrRemoved() {
        List<ObjectChange> changes = between(List.of(object("a", "{}")), List.of(object("b", "{}")));

        assertThat(changes)
                .extracting(ObjectChange::name, ObjectChange::change)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", Change.removed),
                        org.assertj.core.groups.Tuple.tuple("b", Change.added));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'r':1}                          | {'r':2}                          | spec.r                | 1   | 2",
                "{'a':{'r':1},'b':1}              | {'a':{'s':1},'b':1}              | spec.a.r, spec.a.s    | 1   | ",
                "{'c':[{'name':'w','image':'1'}]} | {'c':[{'name':'w','image':'2'}]} | spec.c[name=\"w\"].image | \"1\" | \"2\"",
                "{'c':[1,2],'d':0}                | {'c':[2,1],'d':0}                | spec.c                | [1,2] | [2,1]",
                "{'c':[{'name':'a'},{'name':'b'}]} | {'c':[{'name':'b'},{'name':'a'}]} | spec.c | [{\"name\":\"a\"},{\"name\":\"b\"}] | [{\"name\":\"b\"},{\"name\":\"a\"}]",
                "{'c':{},'d':0}                   | {'d':0}                          | spec.c                | {}  | ",
            })
    void aFieldIsNamedAsKubernetesNamesItWithBothValues(
            String before, String after, String paths, String from, String to) {
        List<FieldChange> fields = between(List.of(object("a", before)), List.of(object("a", after)))
                .getFirst()
                .fields();

        assertThat(String.join(", ", fields.stream().map(FieldChange::path).toList()))
                .isEqualTo(paths);
        assertThat(String.valueOf(fields.getFirst().from())).isEqualTo(String.valueOf(from));
        assertThat(String.valueOf(fields.getFirst().to())).isEqualTo(String.valueOf(to));
    }

    @Test
    void aSecretsValuesAreToldByNeitherSide() {
        List<ObjectChange> changes = between(List.of(secret("one")), List.of(secret("two")));

        assertThat(changes.getFirst().fields()).containsExactly(new FieldChange("data.password", null, null, true));
        assertThat(changes.toString()).doesNotContain("one").doesNotContain("two");
    }

    private static List<ObjectChange> between(List<Manifest> before, List<Manifest> after) {
        return new SetComparison().between(before, after);
    }

    private static Manifest object(String name, String spec) {
        return manifest("{'apiVersion':'v1','kind':'Thing','metadata':{'name':'%s'},'spec':%s}".formatted(name, spec));
    }

    private static Manifest secret(String value) {
        return manifest("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'data':{'password':'%s'}}"
                .formatted(value));
    }

    private static Manifest manifest(String json) {
        try {
            return new Manifest(
                    (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')), new Origin("f.yaml", 0, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

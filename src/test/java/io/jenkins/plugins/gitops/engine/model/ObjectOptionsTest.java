package io.jenkins.plugins.gitops.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectOptionsTest {
    @Test
    void whatNobodySaysHasItsDefault() {
        ObjectOptions none = ObjectOptions.of(object("gitops.jenkins.io/x", ""), ObjectOptions.NONE);

        assertThat(none.value(SyncOption.Prune)).isEqualTo("true");
        assertThat(none.isOn(SyncOption.Replace)).isFalse();
        assertThat(none.isOn(SyncOption.ServerSideApply)).isTrue();
        assertThat(none.isOn(SyncOption.RespectIgnoreDifferences)).isTrue();
    }

    @Test
    void theObjectSaysMoreThanItsApplicationAndItsOwnPrefixMoreThanArgoCds() {
        ObjectNode object = object("argocd.argoproj.io/sync-options", "Prune=false");
        ObjectOptions application = ObjectOptions.of(List.of("Prune=confirm", "PruneLast=true"));

        assertThat(ObjectOptions.of(object, application).value(SyncOption.Prune))
                .isEqualTo("false");
        assertThat(ObjectOptions.of(object, application).isOn(SyncOption.PruneLast))
                .isTrue();
        object.withObject("/metadata/annotations").put("gitops.jenkins.io/sync-options", "Replace=true");
        assertThat(ObjectOptions.of(object, application).value(SyncOption.Prune))
                .isEqualTo("confirm");
    }

    @Test
    void blanksAndEmptyWordsDoNotMatterAndANameAloneMeansTrue() {
        ObjectOptions options = ObjectOptions.of(
                object("gitops.jenkins.io/sync-options", " Prune = false ,, Force=true,RespectIgnoreDifferences"),
                ObjectOptions.NONE);

        assertThat(options.unknown()).isEmpty();
        assertThat(options.value(SyncOption.Prune)).isEqualTo("false");
        assertThat(options.isOn(SyncOption.Force)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Repalce=true                   | did you mean Replace?
            prune=false                    | did you mean Prune?
            Prune=maybe                    | Prune can be true, false, confirm
            RespectIgnoreDifferences=false | RespectIgnoreDifferences can be true
            """)
    void anUnknownOneIsNamedWithWhatWasProbablyMeant(String word, String hint) {
        assertThat(ObjectOptions.of(List.of(word)).unknown())
                .singleElement()
                .asString()
                .contains("unknown sync option \"" + word + "\" has no effect")
                .contains(hint);
    }

    private static ObjectNode object(String annotation, String value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.withObject("/metadata/annotations").put(annotation, value);
        return object;
    }
}

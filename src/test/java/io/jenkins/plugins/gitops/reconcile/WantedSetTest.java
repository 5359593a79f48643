package io.jenkins.plugins.gitops.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WantedSetTest {
    private static Manifest configMap(int number, HiddenTexts hidden) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("apiVersion", "v1").put("kind", "ConfigMap");
        content.putObject("metadata").put("name", "settings-" + number).put("namespace", "shop");
        content.putObject("data").put("text", "line of text ".repeat(150) + number);
        return new Manifest(content, new Origin("deploy/" + number % 7 + ".yaml", number, number + 1), hidden);
    }

    private static WantedSet travelled(WantedSet set) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(set);
        }
        assertThat(bytes.size()).as("10 MB of manifests").isLessThan(500_000);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (WantedSet) in.readObject();
        }
    }

    @Test
    void thousandsOfObjectsArriveInOrderWithTheirOriginsAndWhatTheyHide() throws Exception {
        List<Manifest> manifests = IntStream.range(0, 5000)
                .mapToObj(i -> configMap(i, i % 100 == 0 ? HiddenTexts.of(List.of("token-" + i)) : HiddenTexts.NONE))
                .toList();

        assertThat(travelled(WantedSet.of(manifests)).manifests()).isEqualTo(manifests);
    }

    @Test
    void anEmptySetArrivesEmpty() throws Exception {
        assertThat(travelled(WantedSet.of(List.of())).manifests()).isEmpty();
    }

    @Test
    void itPrintsNothingOfItsObjects() {
        assertThat(WantedSet.of(List.of(configMap(1, HiddenTexts.NONE))).toString())
                .doesNotContain("settings")
                .doesNotContain("line of text");
    }
}

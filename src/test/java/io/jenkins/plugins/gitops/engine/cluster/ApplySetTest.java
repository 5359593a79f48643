package io.jenkins.plugins.gitops.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApplySetTest {
    private static final Application SHOP = new Application(
            UUID.fromString("0f6d0f4e-1111-2222-3333-444455556666"),
            "shop",
            Source.of("", "", ""),
            new Destination("", "store"),
            SyncPolicy.DEFAULT);

    /** The digest was computed with sha256sum and base64 over "gitops-shop-0f6d0f4e.store.ConfigMap.". */
    @Test
    void theIdIsTheHashOfNameNamespaceKindAndGroup() {
        ApplySet set = ApplySet.empty(SHOP, "test");
        assertThat(set.name()).isEqualTo("gitops-shop-0f6d0f4e");
        assertThat(set.id()).isEqualTo("applyset-bjh_85YkDBGm76eAkXc9wd9CiK9yDw_jyyke26L5E8Q-v1");
    }

    @Test
    void theParentHoldsWhatKepThreeThousandSixHundredFiftyNineAsksFor() {
        ObjectNode parent = ApplySet.empty(SHOP, "test")
                .with(
                        new TreeSet<>(Set.of(new GroupKind("apps", "Deployment"), new GroupKind("", "ConfigMap"))),
                        new TreeSet<>(Set.of("store", "b", "a", "")))
                .manifest();
        var metadata = parent.path("metadata");
        assertThat(metadata.path("labels").path("applyset.kubernetes.io/id").asText())
                .startsWith("applyset-");
        var annotations = metadata.path("annotations");
        assertThat(annotations.path("applyset.kubernetes.io/tooling").asText()).isEqualTo("jenkins-gitops/v1");
        assertThat(annotations
                        .path("applyset.kubernetes.io/contains-group-kinds")
                        .asText())
                .isEqualTo("ConfigMap,Deployment.apps");
        assertThat(annotations
                        .path("applyset.kubernetes.io/additional-namespaces")
                        .asText())
                .isEqualTo("a,b");
    }

    @Test
    void whatAParentRecordsIsReadBack() {
        ApplySet written = ApplySet.empty(SHOP, "test")
                .with(new TreeSet<>(Set.of(new GroupKind("apps", "Deployment"))), new TreeSet<>(Set.of("a")));
        assertThat(ApplySet.empty(SHOP, "test").recordedBy(written.manifest())).isEqualTo(written);
    }

    @Test
    void aParentOfAnotherApplicationIsRefused() {
        ObjectNode parent = ApplySet.empty(SHOP, "test").manifest();
        parent.withObject("/metadata/annotations")
                .put("gitops.jenkins.io/application-uuid", UUID.randomUUID().toString());
        assertThatThrownBy(() -> ApplySet.empty(SHOP, "test").requireOwnedBy(parent))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("ConfigMap store/gitops-shop-0f6d0f4e")
                .hasMessageContaining("another application")
                .hasMessageContaining("adopt");
    }

    @Test
    void aParentOfAnotherControllerIsRefused() {
        ObjectNode parent = ApplySet.empty(SHOP, "jenkins-a").manifest();
        assertThatThrownBy(() -> ApplySet.empty(SHOP, "jenkins-b").requireOwnedBy(parent))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("jenkins-a")
                .hasMessageContaining("adopt");
    }
}

package io.jenkins.plugins.gitops.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    @ParameterizedTest(name = "namespaces {0}, kinds {1}: {2} {3}/{4} {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                // namespaces, kinds, kind, namespace, name, verdict
                "-,          -,             ConfigMap,            shop,     a,    allowed",
                "-,          -,             ClusterRole.rbac,     -,        a,    allowed",
                "shop,       -,             ConfigMap,            shop,     a,    allowed",
                "shop,       -,             ConfigMap,            shopping, a,    refused",
                "shop,       -,             ConfigMap,            workshop, a,    refused",
                "team-*,     -,             ConfigMap,            team-a,   a,    allowed",
                "team-*,     -,             ConfigMap,            team,     a,    refused",
                "a.c,        -,             ConfigMap,            abc,      a,    refused",
                "shop,       -,             Namespace,            -,        shop, allowed",
                "shop,       -,             Namespace,            -,        ship, refused",
                "shop,       -,             ClusterRole.rbac,     -,        shop, refused",
                "shop,       ClusterRole.*, ClusterRole.rbac,     -,        a,    allowed",
                "-,          ConfigMap,     ConfigMap,            shop,     a,    allowed",
                "-,          ConfigMap,     ConfigMap.other,      shop,     a,    refused",
                "-,          ConfigMap,     Secret,               shop,     a,    refused",
                "-,          *.apps,        Deployment.apps,      shop,     a,    allowed",
                "-,          *.apps,        Deployment.apps.mine, shop,     a,    refused",
                "-,          ConfigMap,     Namespace,            -,        shop, refused",
                "shop,       ConfigMap,     ConfigMap,            other,    a,    refused",
                "shop,       ConfigMap,     Secret,               shop,     a,    refused"
            })
    void anObjectIsAllowedOnlyInsideBothLimits(
            String namespaces, String kinds, String kind, String namespace, String name, String verdict) {
        Permissions permissions = new Permissions(list(namespaces), list(kinds));
        ResourceKey key = new ResourceKey(GroupKind.parse(kind), namespace == null ? "" : namespace, name);
        assertThat(permissions.refusal(key).isEmpty()).isEqualTo(verdict.equals("allowed"));
    }

    @Test
    void aRefusalNamesWhatIsAllowed() {
        Permissions permissions = new Permissions(List.of("shop", "team-*"), List.of());
        assertThat(permissions.refusal(new ResourceKey("", "ConfigMap", "kube-system", "a")))
                .contains("the namespace kube-system is not allowed in this cluster, only shop, team-*");
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : List.of(text);
    }
}

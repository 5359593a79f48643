package io.jenkins.plugins.gitops.engine.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kustomizations of the sizes and styles that teams have, held against the tool, and against overlays by hand. */
class KustomizationCorpusTest {
    private static final Path KUSTOMIZE = TestTools.binary("kustomize");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fleet/base",
                "fleet/environments/staging",
                "fleet/environments/production",
                "fleet/regions/eu",
                "fleet/regions",
                "vendor/upstream",
                "vendor/adapted",
                "settings/base",
                "settings/site",
                "wiring"
            })
    void theOutputIsTheToolsOwnObjectForObject(String path) {
        copy(path);

        Built built = build(path, KustomizeOptions.NONE);

        assertThat(contents(built)).isNotEmpty().isEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", path));
        assertThat(built.documents())
                .extracting(document -> document.origin().file())
                .noneMatch(String::isEmpty);
    }

    /** The last column is what an overlay over the kustomization says that somebody wrote by hand. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            fleet/regions | {namePrefix: x-, namespace: shop} | {namePrefix: x-, namespace: shop}
            fleet/regions | {images: ["registry.example.com:5000/fleet/web:7"], replicas: [{name: cache-us, count: 5}]} | {images: [{name: registry.example.com:5000/fleet/web, newTag: "7"}], replicas: [{name: cache-us, count: 5}]}
            fleet/regions | {commonLabels: {run: a}, labelWithoutSelector: true, labelIncludeTemplates: true} | {labels: [{pairs: {run: a}, includeTemplates: true}]}
            fleet/regions/eu | {patches: [{target: {kind: Ingress}, patch: "- {op: remove, path: /spec/defaultBackend}"}, {target: {kind: HorizontalPodAutoscaler}, patch: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, $patch: delete}"}]} | {patches: [{target: {kind: Ingress}, patch: "- {op: remove, path: /spec/defaultBackend}"}, {target: {kind: HorizontalPodAutoscaler}, patch: "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, $patch: delete}"}]}
            fleet/regions/eu | {commonLabels: {zone: b}} | {labels: [{pairs: {zone: b}, includeSelectors: true}]}
            fleet/environments/production | {nameSuffix: -blue, commonAnnotations: {build: "42"}} | {nameSuffix: -blue, commonAnnotations: {build: "42"}}
            fleet/environments/staging | {commonLabels: {app: all}, commonAnnotations: {a: b}} | {labels: [{pairs: {app: all}, includeSelectors: true}], commonAnnotations: {a: b}}
            fleet/base | {components: [../components/isolation, ../components/autoscaling]} | {components: [../fleet/components/isolation, ../fleet/components/autoscaling], labels: [{pairs: {app.kubernetes.io/part-of: fleet}}, {pairs: {app.kubernetes.io/managed-by: gitops}, includeTemplates: true}]}
            fleet/base | {images: ["redis=mirror/redis@sha256:00", "busybox:1", "ghcr.io/example/web=w"]} | {images: [{name: redis, newName: mirror/redis, digest: "sha256:00"}, {name: busybox, newTag: "1"}, {name: ghcr.io/example/web, newName: w}]}
            vendor/upstream | {namespace: elsewhere, namePrefix: p-, commonAnnotations: {a: b}} | {namespace: elsewhere, namePrefix: p-, commonAnnotations: {a: b}}
            vendor/upstream | {commonLabels: {k8s-app: other}} | {labels: [{pairs: {k8s-app: other}, includeSelectors: true}]}
            vendor/upstream | {replicas: [{name: metrics, count: 0}], images: [{name: registry.k8s.io/metrics-server/metrics-server, newTag: v9}]} | {replicas: [{name: metrics, count: 0}], images: [{name: registry.k8s.io/metrics-server/metrics-server, newTag: v9}]}
            vendor/adapted | {patches: [{target: {kind: Service, name: metrics}, patch: "- {op: add, path: /spec/type, value: NodePort}"}, {target: {kind: Probe}, patch: "{apiVersion: vendor.example.com/v1, kind: Probe, metadata: {name: self}, spec: {targets: null}}"}]} | {patches: [{target: {kind: Service, name: metrics}, patch: "- {op: add, path: /spec/type, value: NodePort}"}, {target: {kind: Probe}, patch: "{apiVersion: vendor.example.com/v1, kind: Probe, metadata: {name: self}, spec: {targets: null}}"}]}
            settings/site | {namespace: other, namePrefix: b-} | {namespace: other, namePrefix: b-}
            settings/base | {images: ["reader=r:1"], nameSuffix: -x} | {images: [{name: reader, newName: r, newTag: "1"}], nameSuffix: -x}
            wiring | {commonLabels: {app: one}, replicas: [{name: front, count: 2}]} | {labels: [{pairs: {app: one}, includeSelectors: true}], replicas: [{name: w-front, count: 2}]}
            """)
    void theApplicationsChangesAreThoseOfAnOverlayByHand(String path, String options, String overlay)
            throws IOException {
        copy(path);

        List<ObjectNode> built = contents(build(path, options(options)));
        Path byHand = Files.createDirectory(folder.resolve("by-hand")).resolve("kustomization.yaml");
        Files.writeString(byHand, overlay.replaceFirst("\\{", "{resources: [../" + path + "], "));

        assertThat(built)
                .isNotEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", path))
                .isEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", "by-hand"));
    }

    private void copy(String path) {
        String top = path.split("/")[0];
        TestTools.copy(getClass(), top, folder.resolve(top));
    }

    private Built build(String path, KustomizeOptions options) {
        return new KustomizeRenderer(TestTools.all())
                .prepare(SourceFolder.find(new SourceTree(folder, ""), Source.of("", "", path)), options)
                .run();
    }

    private static List<ObjectNode> contents(Built built) {
        return built.documents().stream().map(Built.Document::content).toList();
    }

    private static KustomizeOptions options(String fields) {
        String file = "{apiVersion: gitops.jenkins.io/v1, kind: Application, metadata: {name: a}, spec: {"
                + "destination: {namespace: a}, source: {repository: r, kustomize: " + fields + "}}}";
        return new ApplicationFile()
                .read("gitops.yaml", file.getBytes(StandardCharsets.UTF_8), Path.of("/"))
                .source()
                .kustomize();
    }
}

package io.jenkins.plugins.gitops.engine.render.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts of the sizes and styles that teams publish, held against the tool with a values file written by hand. */
@ParameterizedClass
@ValueSource(strings = {"helm", "helm4"})
class ChartCorpusTest {
    private static final ClusterVersion CLUSTER =
            new ClusterVersion("v1.33.1", List.of("v1", "apps/v1", "networking.k8s.io/v1", "monitoring.coreos.com/v1"));
    private static final String LIKE_THE_CLUSTER = "--kube-version v1.33.1 --api-versions v1 --api-versions apps/v1"
            + " --api-versions networking.k8s.io/v1 --api-versions monitoring.coreos.com/v1 ";

    private final Path helm;

    @TempDir
    Path folder;

    ChartCorpusTest(String binary) {
        this.helm = TestTools.binary(binary);
    }

    /** The third column is the values file that somebody would write instead, the fourth what else helm is told. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "-", textBlock = """
            webapp | {}                                            | - | -
            webapp | {valueFiles: [production.yaml]}               | - | -f webapp/production.yaml
            webapp | {valueFiles: [production.yaml], parameters: [{name: replicaCount, value: "1"}]} | {replicaCount: 1} | -f webapp/production.yaml
            webapp | {parameters: [{name: image.tag, value: "20240101"}]} | - | --set image.tag=20240101
            webapp | {parameters: [{name: image.tag, value: "20240101", forceString: true}]} | {image: {tag: "20240101"}} | -
            webapp | {parameters: [{name: "ingress.hosts[0].host", value: a.example.com}, {name: "ingress.hosts[0].paths[0].path", value: /x}]} | {ingress: {hosts: [{host: a.example.com, paths: [{path: /x}]}]}} | -
            webapp | {parameters: [{name: "ingress.annotations.example\\\\.com/class", value: "a,b=c"}]} | {ingress: {annotations: {example.com/class: "a,b=c"}}} | -
            webapp | {parameters: [{name: ingress.tls, value: "null"}, {name: pdb.enabled, value: "false"}]} | {ingress: {tls: null}, pdb: {enabled: false}} | -
            webapp | {parameters: [{name: imagePullSecrets, value: "{a,b}"}]} | {imagePullSecrets: [a, b]} | -
            webapp | {valuesObject: {fullnameOverride: site, env: {TZ: null, FLAG: true, N: 1.50, BIG: 12345678}}} | {fullnameOverride: site, env: {TZ: null, FLAG: true, N: 1.50, BIG: 12345678}} | -
            webapp | {values: "affinity: {nodeAffinity: {}}\\npodLabels:\\n  a: 'yes'\\n"} | {affinity: {nodeAffinity: {}}, podLabels: {a: "yes"}} | -
            webapp | {releaseName: my-webapp, namespace: elsewhere} | - | --name-template my-webapp --namespace elsewhere
            webapp | {skipTests: true}                             | - | --skip-tests
            database | {parameters: [{name: auth.password, value: "hunter2"}]} | {auth: {password: hunter2}} | -
            database | {valuesObject: {architecture: replication, auth: {existingSecret: "{{ .Release.Name }}-db"}, backup: {enabled: true}}} | {architecture: replication, auth: {existingSecret: "{{ .Release.Name }}-db"}, backup: {enabled: true}} | -
            database | {fileParameters: [{name: auth.password, path: files/init/20-roles.sh}]} | - | --set-file auth.password=database/files/init/20-roles.sh
            database | {parameters: [{name: auth.password, value: p}], apiVersions: [v1]} | {auth: {password: p}} | --kube-version v1.33.1 --api-versions v1
            database | {parameters: [{name: auth.password, value: p}, {name: image.digest, value: "sha256:00"}, {name: primary.persistence.enabled, value: "false"}, {name: "primary.configuration.wal_level", value: logical}]} | {auth: {password: p}, image: {digest: "sha256:00"}, primary: {persistence: {enabled: false}, configuration: {wal_level: logical}}} | -
            dashboards | {}                                        | - | -
            dashboards | {valuesObject: {tenants: [gamma, delta], overrides: {gamma: {labels: {team: games}}}}} | {tenants: [gamma, delta], overrides: {gamma: {labels: {team: games}}}} | -
            dashboards | {parameters: [{name: "tenants[0]", value: zeta}, {name: "grafana\\\\.ini.server.domain", value: "{{ .Release.Namespace }}"}]} | {tenants: [zeta], grafana.ini: {server: {domain: "{{ .Release.Namespace }}"}}} | -
            compat | {}                                            | - | -
            compat | {kubeVersion: "1.20.4", apiVersions: [networking.k8s.io/v1beta1, policy/v1beta1/PodSecurityPolicy]} | - | --kube-version 1.20.4 --api-versions networking.k8s.io/v1beta1 --api-versions policy/v1beta1/PodSecurityPolicy
            compat | {apiVersions: [gateway.networking.k8s.io/v1/HTTPRoute]} | - | --kube-version v1.33.1 --api-versions gateway.networking.k8s.io/v1/HTTPRoute
            compat | {kubeVersion: "v1.29.4-eks-1-29"}             | - | --kube-version v1.29.4-eks-1-29 --api-versions networking.k8s.io/v1
            queue | {}                                             | - | -
            queue | {parameters: [{name: global.highAvailability, value: "true"}]} | {global: {highAvailability: true}} | -
            queue | {parameters: [{name: standby.enabled, value: "true"}, {name: "standby.plugins", value: "{shovel,federation}"}]} | {standby: {enabled: true, plugins: [shovel, federation]}} | -
            queue | {parameters: [{name: tags.redundant, value: "true"}, {name: port, value: "5671"}]} | {tags: {redundant: true}, port: 5671} | -
            queue | {valuesObject: {workers: [{name: A, queues: []}]}, skipSchemaValidation: true} | {workers: [{name: A, queues: []}]} | --skip-schema-validation
            controller | {}                                        | - | -
            controller | {includeCRDs: false}                      | - | --skip-crds
            controller | {skipTests: true, valuesObject: {installCRDs: false, featureGates: {Experimental: true}}} | {installCRDs: false, featureGates: {Experimental: true}} | --skip-tests
            """)
    void aChartIsRenderedAsByHand(String chart, String options, String byHand, String more) throws IOException {
        TestTools.copy(getClass(), chart, folder);

        Built built = HelmCorpus.render(TestTools.all().withHelm(helm), folder, chart, options, CLUSTER);

        List<ObjectNode> contents =
                built.documents().stream().map(Built.Document::content).toList();
        assertThat(contents).isNotEmpty().isEqualTo(tool(chart, byHand, more == null ? "" : more));
        assertThat(built.warnings()).isEmpty();
    }

    private List<ObjectNode> tool(String chart, String values, String more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("template", chart));
        if (!more.contains("--name-template")) {
            arguments.addAll(List.of("--name-template", "shop"));
        }
        if (!more.contains("--namespace")) {
            arguments.addAll(List.of("--namespace", "store"));
        }
        if (!more.contains("--skip-crds")) {
            arguments.add("--include-crds");
        }
        String versions = more.contains("--kube-version") ? "" : LIKE_THE_CLUSTER;
        Stream.of((versions + more).split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);
        if (values != null) {
            Files.writeString(folder.resolve("by-hand.yaml"), values);
            arguments.addAll(List.of("-f", "by-hand.yaml"));
        }
        return TestTools.objects(folder, helm, arguments.toArray(String[]::new));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            queue    | {valuesObject: {logLevel: loud}}            | logLevel
            queue    | {parameters: [{name: "workers[0].concurrency", value: "65"}]} | concurrency
            queue    | {valuesObject: {workers: [{name: Bad, queues: [a, a]}]}} | name
            compat   | {kubeVersion: "1.18.0"}                     | which is incompatible with Kubernetes v1.18.0
            webapp   | {valuesObject: {image: text}}               | webapp/templates/deployment.yaml:
            """)
    void whatTheChartRefusesIsToldAsHelmTellsIt(String chart, String options, String message) {
        TestTools.copy(getClass(), chart, folder);

        assertThatThrownBy(() -> HelmCorpus.render(TestTools.all().withHelm(helm), folder, chart, options, CLUSTER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("gitops-render");
    }

    /** The stored password is looked up in no cluster, so it is a new one each time. */
    @Test
    void aPasswordThatTheChartMakesUpIsAWarningUntilItIsGiven() {
        TestTools.copy(getClass(), "database", folder);

        assertThat(HelmCorpus.render(TestTools.all().withHelm(helm), folder, "database", "{}", CLUSTER)
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("database/templates/secret.yaml yields another result each time");
    }

    /** As kubectl, Helm and Argo CD take it; in a file of the repository it is an error. */
    @Test
    void ofAKeyThatAChartWritesTwiceTheLastOneCountsAndIsAWarning() {
        TestTools.copy(getClass(), "webapp", folder);

        Built built = HelmCorpus.render(
                TestTools.all().withHelm(helm),
                folder,
                "webapp",
                "{valuesObject: {podLabels: {app.kubernetes.io/version: other}}}",
                CLUSTER);

        assertThat(built.documents())
                .extracting(document -> document.content()
                        .at("/spec/template/metadata/labels/app.kubernetes.io~1version")
                        .asText())
                .contains("other");
        assertThat(built.warnings())
                .singleElement()
                .asString()
                .startsWith("webapp/templates/deployment.yaml (rendered):")
                .endsWith("the key \"app.kubernetes.io/version\" is already on line 24; the last one counts");
    }

    /** As {@code helm dependency update} leaves them, and as many repositories commit them. */
    @Test
    void subChartsThatArePackedAreRenderedLikeThoseThatAreNot() throws IOException {
        TestTools.copy(getClass(), "queue", folder);
        String options = "{parameters: [{name: global.highAvailability, value: \"true\"}]}";
        Built loose = HelmCorpus.render(TestTools.all().withHelm(helm), folder, "queue", options, CLUSTER);

        TestTools.run(folder, helm, "package", "queue/charts/broker", "--destination", "queue/charts");
        ScratchFolder.delete(folder.resolve("queue/charts/broker"));
        Built packed = HelmCorpus.render(TestTools.all().withHelm(helm), folder, "queue", options, CLUSTER);

        assertThat(packed.documents())
                .extracting(Built.Document::content)
                .isEqualTo(
                        loose.documents().stream().map(Built.Document::content).toList());
        assertThat(packed.documents())
                .extracting(document -> document.origin().file())
                .contains("charts/primary/templates/broker.yaml", "charts/standby/templates/broker.yaml");
    }
}

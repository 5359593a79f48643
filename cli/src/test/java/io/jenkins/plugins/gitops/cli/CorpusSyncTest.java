package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.helm.HelmCorpus;
import io.jenkins.plugins.gitops.engine.render.kustomize.KustomizeCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each chart and kustomization of the corpus, synced to a real API server, which then has nothing more to say about it. */
@WithCluster
class CorpusSyncTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            webapp     | {valueFiles: [production.yaml]}                             | deployment/shop-webapp     | {.spec.replicas}                       | 6
            database   | {valuesObject: {architecture: replication, auth: {password: p}, backup: {enabled: true}}} | secret/shop-database | {.data.username} | YXBw
            dashboards | {parameters: [{name: domain, value: "{{ .Chart.Name }}"}]}  | deployment/shop-beta       | {.spec.template.spec.containers[0].image} | grafana/grafana:11.1
            compat     | {}                                                          | ingress/shop               | {.metadata.annotations.cluster}        | 1.37
            queue      | {parameters: [{name: standby.enabled, value: "true"}]}      | statefulset/shop-standby   | {.metadata.labels.cost-center}         | 4711
            controller | {}                                                          | issuer/default             | {.spec.server}                         | https://acme.example.com/directory
            operator/operator | {}                                                   | deployment/shop            | {.spec.replicas}                       | 1
            library/shop      | {valueFiles: [production.yaml]}                      | deployment                 | {.items[0].kind}                       | Deployment
            """)
    void aChartIsInSyncAfterItsFirstSync(
            String chart, String options, String object, String path, String value, TestNamespace namespace)
            throws IOException {
        HelmCorpus.copy(chart.split("/")[0], folder.resolve("charts"));
        JsonNode report = syncAndCompare(
                namespace,
                "{repository: ./charts, path: " + chart.substring(chart.indexOf('/') + 1) + ", helm: " + options + "}");

        assertThat(report.path("verdict").asText()).as(report.toString()).isEqualTo("InSync");
        assertThat(namespace.read(object, path)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            fleet    | regions              | {namespace: NAMESPACE}                                      | hpa/web-eu            | {.spec.scaleTargetRef.name}  | web-eu
            fleet    | environments/staging | {namespace: NAMESPACE, replicas: [{name: web, count: 2}]}   | deployment/staging-web | {.spec.replicas}            | 2
            vendor   | adapted              | {namespace: NAMESPACE, namePrefix: NAMESPACE-}              | deployment/NAMESPACE-metrics | {.metadata.labels.priority} | system-cluster-critical
            settings | site                 | {images: ["reader=example.com/reader:1"]}                   | configmap/fixed-site  | {.immutable}                 | true
            wiring   | .                    | {}                                                          | deployment/w-back     | {..image}                    | registry.example.com/back:v3.1
            transformers | app              | {namespace: NAMESPACE}                                      | widgets.shop.example.com/main | {.spec.size}                 | large
            legacy       | apps             | {namespace: NAMESPACE}                                      | deployment,statefulset | {.items[0].apiVersion}      | apps/v1
            """)
    void aKustomizationIsInSyncAfterItsFirstSync(
            String tree,
            String path,
            String options,
            String object,
            String field,
            String value,
            TestNamespace namespace)
            throws IOException {
        KustomizeCorpus.copy(tree, folder.resolve("shop"));
        JsonNode report =
                syncAndCompare(namespace, "{repository: ./shop, path: " + path + ", kustomize: " + options + "}");

        assertThat(report.path("verdict").asText()).as(report.toString()).isEqualTo("InSync");
        assertThat(namespace.read(object.replace("NAMESPACE", namespace.name()), field))
                .isEqualTo(value);
    }

    private JsonNode syncAndCompare(TestNamespace namespace, String source) throws IOException {
        String application =
                "{apiVersion: gitops.jenkins.io/v1, kind: Application, metadata: {name: shop}, spec: {source: " + source
                        + ", destination: {namespace: NAMESPACE}}}";
        Files.writeString(folder.resolve("gitops.yaml"), application.replace("NAMESPACE", namespace.name()));
        Cli cli = new Cli(folder, namespace);
        run(cli, 0, "sync", "--no-wait");
        return run(cli, 0, "diff");
    }

    private static JsonNode run(Cli cli, int code, String... command) {
        String[] tools = {
            "--app",
            "gitops.yaml",
            "-o",
            "json",
            "--kustomize",
            TestTools.binary("kustomize").toString(),
            "--helm",
            TestTools.binary("helm").toString()
        };
        String[] all = new String[command.length + tools.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(tools, 0, all, command.length, tools.length);
        Cli.Result result = cli.run(all);
        assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(code);
        return result.json();
    }
}

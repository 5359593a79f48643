package io.jenkins.plugins.gitops.importing;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.plugins.git.GitSCM;
import hudson.scm.NullSCM;
import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.application.DriftPolicy;
import io.jenkins.plugins.gitops.engine.importing.ImportOptions;
import io.jenkins.plugins.gitops.engine.importing.ImportText;
import io.jenkins.plugins.gitops.engine.importing.Importer;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.render.HelmSettings;
import io.jenkins.plugins.gitops.render.KustomizeSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an item holds of an imported application, and that all else is told. */
class ItemMappingTest {
    private static final ImportRequest REQUEST =
            new ImportRequest("", List.of(), "production", "", "default", "main", "git-login", false);

    private static List<MappedItem> map(String yaml) {
        return map(yaml, REQUEST);
    }

    private static List<MappedItem> map(String yaml, ImportRequest request) {
        return new Importer(ImportOptions.DEFAULT)
                .read(List.of(new ImportText("pasted", yaml.getBytes(StandardCharsets.UTF_8)))).applications().stream()
                        .map(application -> new ItemMapping(application, request).map())
                        .toList();
    }

    private static MappedItem argo(String spec) {
        return map("""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: argocd}
                spec:
                """ + spec.indent(2)).get(0);
    }

    private static List<String> paths(MappedItem item) {
        return item.findings().stream().map(Finding::path).toList();
    }

    @Test
    void anApplicationOfOneChartInGitIsAnItemAsItWas() {
        MappedItem item = argo("""
                source:
                  repoURL: https://git.example.com/shop.git
                  targetRevision: release
                  path: charts/shop
                  helm:
                    releaseName: front
                    valueFiles: [production.yaml, ../shared.yaml]
                    values: |
                      replicas: 3
                    parameters: [{name: image.tag, value: "1.28", forceString: true}]
                    fileParameters: [{name: script, path: files/run.sh}]
                    skipTests: true
                    kubeVersion: "1.34"
                    apiVersions: [monitoring.coreos.com/v1]
                destination: {server: https://kubernetes.default.svc, namespace: web}
                syncPolicy:
                  automated: {prune: true, selfHeal: true, allowEmpty: true}
                  syncOptions: [CreateNamespace=true, PruneLast=true]
                  retry: {limit: 3, backoff: {duration: 10s, factor: 3, maxDuration: 2m}}
                ignoreDifferences:
                - {group: apps, kind: Deployment, jsonPointers: [/spec/replicas], managedFieldsManagers: [hpa]}
                - {kind: ConfigMap, jqPathExpressions: ['.data["x y"]']}
                """);

        assertThat(item.findings()).isEmpty();
        ApplicationDefinition definition = item.definition();
        GitSCM scm = (GitSCM) definition.getScm();
        assertThat(scm.getUserRemoteConfigs().get(0).getUrl()).isEqualTo("https://git.example.com/shop.git");
        assertThat(scm.getUserRemoteConfigs().get(0).getCredentialsId()).isEqualTo("git-login");
        assertThat(scm.getBranches().get(0).getName()).isEqualTo("release");
        assertThat(definition.getSource().getPath()).isEqualTo("charts/shop");
        HelmSettings helm = (HelmSettings) definition.getSource().getRenderer();
        assertThat(helm.getReleaseName()).isEqualTo("front");
        assertThat(helm.getValueFiles()).containsExactly("production.yaml", "../shared.yaml");
        assertThat(helm.getValues()).isEqualTo("replicas: 3\n");
        assertThat(helm.getParameters().get(0).isForceString()).isTrue();
        assertThat(definition.getCluster()).isEqualTo("production");
        assertThat(definition.getNamespace()).isEqualTo("web");
        assertThat(definition.getSync().isAutomatic()).isTrue();
        assertThat(definition.getSync().isPrune()).isTrue();
        assertThat(definition.getSync().getOptions().list()).containsExactly("CreateNamespace=true", "PruneLast=true");
        assertThat(definition.getDriftPolicy()).isEqualTo(DriftPolicy.heal);
        assertThat(definition.getIgnore()).hasSize(2);
        assertThat(definition.getIgnore().get(1).getGroup()).isEqualTo("core");
        assertThat(definition.problem()).isEmpty();
    }

    @Test
    void aChartTakesItsValuesFromTheCheckoutWhateverThatIsCalledAndComesFirst() {
        MappedItem item = argo("""
                sources:
                - {repoURL: https://git.example.com/configuration.git, targetRevision: main, ref: conf}
                - repoURL: https://charts.example.com
                  chart: prometheus
                  targetRevision: 25.8.0
                  helm:
                    valueFiles: [$conf/monitoring/values.yaml]
                    fileParameters: [{name: rules, path: $conf/monitoring/rules.yaml}]
                destination: {namespace: monitoring}
                """);

        assertThat(item.findings()).isEmpty();
        HelmSettings helm = (HelmSettings) item.definition().getSource().getRenderer();
        assertThat(helm.getChart().getRepository()).isEqualTo("https://charts.example.com");
        assertThat(helm.getChart().getVersion()).isEqualTo("25.8.0");
        assertThat(helm.getValueFiles()).containsExactly("$values/monitoring/values.yaml");
        assertThat(helm.getFileParameters().get(0).getPath()).isEqualTo("$values/monitoring/rules.yaml");
        assertThat(item.definition().getTriggers()).hasSize(2);
    }

    @Test
    void aChartAloneHasNothingToCheckOutOrToPoll() {
        MappedItem item = argo("""
                source: {repoURL: https://charts.example.com, chart: redis, targetRevision: 19.x}
                destination: {namespace: data}
                """);

        assertThat(item.findings()).isEmpty();
        assertThat(item.definition().getScm()).isInstanceOf(NullSCM.class);
        assertThat(item.definition().getTriggers()).hasSize(1);
    }

    @Test
    void aSecondRepositoryWithManifestsIsTold() {
        MappedItem item = argo("""
                sources:
                - {repoURL: https://git.example.com/a.git, targetRevision: main, path: deploy}
                - {repoURL: https://git.example.com/b.git, targetRevision: main, path: deploy}
                destination: {namespace: web}
                """);

        assertThat(paths(item)).containsExactly("spec.sources");
        assertThat(item.findings().get(0).why()).contains("https://git.example.com/b.git");
    }

    @Test
    void theDefaultBranchMustBeNamed() {
        MappedItem item = argo("""
                source: {repoURL: https://git.example.com/a.git, targetRevision: HEAD, path: deploy}
                destination: {namespace: web}
                """);

        assertThat(((GitSCM) item.definition().getScm()).getBranches().get(0).getName())
                .isEqualTo("main");
        assertThat(paths(item)).containsExactly("spec.source.revision");
        assertThat(item.definition().getSource().isRecurse()).isFalse();
    }

    @Test
    void syncedByHandAtFirstSaysSoInTheItem() {
        ImportRequest request = new ImportRequest("", List.of(), "production", "", "default", "main", null, true);
        MappedItem item = map("""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop.eu, namespace: argocd}
                spec:
                  source: {repoURL: https://git.example.com/a.git, targetRevision: main, path: chart, helm: {}}
                  destination: {namespace: web}
                  syncPolicy: {automated: {}}
                """, request).get(0);

        assertThat(item.definition().getSync().isAutomatic()).isFalse();
        // In the cluster it is called shop-eu, and so would Helm's release be.
        assertThat(((HelmSettings) item.definition().getSource().getRenderer()).getReleaseName())
                .isEqualTo("shop.eu");
        assertThat(item.findings()).isEmpty();
    }

    @Test
    void aKustomizationOfFluxKeepsItsOverridesVariablesAndHealthRules() {
        MappedItem item = map("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: flux-system}
                spec: {interval: 1m, url: 'ssh://git@git.example.com/fleet', ref: {branch: main}}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: podinfo, namespace: flux-system}
                spec:
                  interval: 10m
                  path: ./apps/podinfo
                  prune: true
                  timeout: 90s
                  targetNamespace: podinfo
                  sourceRef: {kind: GitRepository, name: fleet}
                  images: [{name: podinfo, newName: registry.example.com/podinfo, newTag: "6.1"}]
                  patches:
                  - patch: |
                      - op: remove
                        path: /spec/replicas
                    target: {kind: Deployment, name: podinfo}
                  healthCheckExprs:
                  - {apiVersion: example.com/v1, kind: Database, current: status.ready}
                  postBuild:
                    substitute: {region: eu, text: "two\\nlines"}
                """).get(0);

        KustomizeSettings kustomize =
                (KustomizeSettings) item.definition().getSource().getRenderer();
        assertThat(kustomize.getImages()).containsExactly("podinfo=registry.example.com/podinfo:6.1");
        assertThat(kustomize.getPatches().get(0).getKind()).isEqualTo("Deployment");
        assertThat(item.definition().getSource().getSubstitute().getValues()).containsExactly("region=eu");
        assertThat(item.definition().getHealthRules()).contains("Database").contains("status.ready");
        assertThat(item.definition().problem()).isEmpty();
        assertThat(item.definition().getTriggers().get(0).getSpec()).isEqualTo("H/10 * * * *");
        // The form holds a value in a line, and a time-out in minutes.
        assertThat(paths(item)).containsExactly("spec.sync.timeout", "spec.substitute.values.text");
        assertThat(item.definition().getSync().getTimeoutMinutes()).isEqualTo(2);
    }

    @Test
    void whatDependsOnAnotherDoesSoAsAnItem() {
        List<MappedItem> items = map("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: flux-system}
                spec: {interval: 1m, url: 'https://git.example.com/fleet', ref: {branch: main}}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                spec:
                  interval: 10m
                  prune: true
                  sourceRef: {kind: GitRepository, name: fleet}
                  dependsOn: [{name: infra}]
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: infra, namespace: flux-system}
                spec: {interval: 10m, prune: true, suspend: true, sourceRef: {kind: GitRepository, name: fleet}}
                """);

        assertThat(items.get(0).findings()).isEmpty();
        assertThat(items.get(0).definition().getDependsOn().getApplications()).containsExactly("infra");
        assertThat(items.get(1).definition().getDisabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "30s, * * * * *",
        "1m, * * * * *",
        "10m, H/10 * * * *",
        "45m, H * * * *",
        "1h, H * * * *",
        "6h, H H/6 * * *",
        "48h, H H * * *"
    })
    void anIntervalBecomesASchedule(String interval, String schedule) {
        assertThat(Schedules.of(interval)).isEqualTo(schedule);
    }
}

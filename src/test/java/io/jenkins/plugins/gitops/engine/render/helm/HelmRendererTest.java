package io.jenkins.plugins.gitops.engine.render.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the tool's own output, on charts in the styles that repositories have; with Helm 3 and with Helm 4. */
@ParameterizedClass
@ValueSource(strings = {"helm", "helm4"})
class HelmRendererTest {
    private final Path helm;

    HelmRendererTest(String binary) {
        this.helm = TestTools.binary(binary);
    }

    private static final ClusterVersion CLUSTER = new ClusterVersion("v1.29.4", List.of("v1", "apps/v1"));

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "-", textBlock = """
            umbrella/platform | -                                        | -
            umbrella/platform | {parameters: [{name: tags.background, value: "false"}]} | --set tags.background=false
            umbrella/platform | {parameters: [{name: reporter.enabled, value: "true"}, {name: cache.enabled, value: "false"}]} | --set reporter.enabled=true,cache.enabled=false
            umbrella/platform | {parameters: [{name: global.environment, value: "a,b"}]} | --set global.environment=a\\,b
            umbrella/platform | {parameters: [{name: api.image.tag, value: "1", forceString: true}]} | --set-string api.image.tag=1
            umbrella/platform | {valuesObject: {global: {environment: "on", registry: r}}} | --set-string global.environment=on,global.registry=r
            umbrella/platform | {values: "api: {autoscaling: {enabled: false}}"} | --set api.autoscaling.enabled=false
            umbrella/platform | {fileParameters: [{name: api.image.tag, path: files/limits.conf}]} | --set-file api.image.tag=umbrella/platform/files/limits.conf
            operator/operator | -                                        | -
            operator/operator | {includeCRDs: false}                     | --skip-crds
            operator/operator | {skipCrds: true, skipTests: true}        | --skip-crds --skip-tests
            operator/operator | {releaseName: other, namespace: there}   | --name-template other --namespace there
            operator/operator | {kubeVersion: "1.31"}                    | --kube-version 1.31
            operator/operator | {apiVersions: [monitoring.example.com/v1/Monitor]} | --api-versions monitoring.example.com/v1/Monitor
            operator/operator | {valuesObject: {replicas: -1}, skipSchemaValidation: true} | --set replicas=-1 --skip-schema-validation
            """)
    void theOutputIsTheToolsOwnObjectForObject(String path, String options, String arguments) throws IOException {
        String top = path.substring(0, path.indexOf('/'));
        TestTools.copy(getClass(), top, folder.resolve(top));
        Map<Path, String> before = snapshot();

        List<ObjectNode> built = contents(render(path, options == null ? "{}" : options));

        List<String> own = new ArrayList<>(List.of("template"));
        String given = arguments == null ? "" : arguments;
        if (!given.contains("--name-template")) {
            own.add("shop");
        }
        own.add(path);
        own.addAll(Stream.of(given.split(" ")).filter(word -> !word.isEmpty()).toList());
        if (!given.contains("--namespace")) {
            own.addAll(List.of("--namespace", "store"));
        }
        if (!given.contains("--skip-crds")) {
            own.add("--include-crds");
        }
        if (!given.contains("--kube-version")) {
            own.addAll(List.of("--kube-version", "v1.29.4"));
        }
        assertThat(built).isNotEmpty().isEqualTo(TestTools.objects(folder, helm, own.toArray(String[]::new)));
        assertThat(snapshot()).as("the checkout").isEqualTo(before);
    }

    @Test
    void aLibraryChartNamedByPathIsBuiltBesideTheCheckout() throws IOException {
        TestTools.copy(getClass(), "library", folder.resolve("charts"));
        Map<Path, String> before = snapshot();

        List<ObjectNode> built = contents(render("charts/shop", "{valueFiles: [production.yaml]}"));

        assertThat(snapshot()).as("the checkout").isEqualTo(before);
        TestTools.run(folder, helm, "dependency", "build", "charts/shop");
        assertThat(built)
                .hasSize(2)
                .isEqualTo(TestTools.objects(
                        folder,
                        helm,
                        "template",
                        "shop",
                        "charts/shop",
                        "--namespace",
                        "store",
                        "--values",
                        "charts/shop/production.yaml"));
    }

    @Test
    void aDependencyOutsideOfTheRepositoryIsRefusedWithItsPlace() throws IOException {
        TestTools.copy(getClass(), "library", folder.resolve("charts"));
        Path shop = folder.resolve("charts/shop");

        assertThatThrownBy(() -> render(shop, "", "{}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Chart.yaml:6:3: the dependency common names file://../common");
    }

    @Test
    void everyObjectKnowsTheTemplateItCameFrom() {
        TestTools.copy(getClass(), "operator", folder.resolve("operator"));
        TestTools.copy(getClass(), "umbrella", folder.resolve("umbrella"));

        assertThat(origins(render("operator/operator", "{kubeVersion: '1.31'}")))
                .containsExactlyInAnyOrder(
                        "CustomResourceDefinition crds/widgets.yaml",
                        "CustomResourceDefinition crds/widgets.yaml",
                        "ServiceAccount templates/rbac.yaml:1",
                        "ClusterRole templates/rbac.yaml:5",
                        "ClusterRoleBinding templates/rbac.yaml:10",
                        "PodDisruptionBudget templates/deployment.yaml:15",
                        "Deployment templates/deployment.yaml:1",
                        "Job templates/migrate.yaml:1",
                        "Pod templates/tests/connection.yaml:1");
        assertThat(origins(render("umbrella/platform", "{}")))
                .contains("Service charts/api/templates/api.yaml:21")
                .contains("StatefulSet charts/cache/templates/cache.yaml:1")
                .contains("CronJob charts/mailer/templates/worker.yaml");
    }

    @Test
    void theDestinationsVersionsAreAskedOnlyWhenTheOptionsDoNotSayThem() {
        TestTools.copy(getClass(), "operator", folder.resolve("operator"));

        Built built = render(
                folder,
                "operator/operator",
                "{}",
                new ClusterVersion(
                        "v1.37.2", List.of("monitoring.example.com/v1", "monitoring.example.com/v1/Monitor")));

        assertThat(origins(built)).anyMatch(origin -> origin.startsWith("Monitor "));
        assertThat(origins(built)).anyMatch(origin -> origin.startsWith("PodDisruptionBudget "));
        render(folder, "operator/operator", "{kubeVersion: '1.30', apiVersions: [a/v1]}", null);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a: {{ .Values.x.y }}                  | web/templates/bad.yaml:1:13:
            a: {{ required "say foo" .Values.foo }} | web/templates/bad.yaml:1:6: execution error at (web/templates/bad.yaml:1:6): say foo
            a: {{ if }}                           | web/templates/bad.yaml:1: parse error at (web/templates/bad.yaml:1): missing value
            a: [                                  | web/templates/bad.yaml: YAML parse error on web/templates/bad.yaml
            """)
    void anErrorOfATemplateIsToldWhereHelmTellsIt(String template, String message) throws IOException {
        write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("web/templates/bad.yaml", template + "\n");

        assertThatThrownBy(() -> render("web", "{}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("gitops-render")
                .hasMessageNotContaining("--debug");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {valueFiles: [none.yaml]}              | source.helm.valueFiles: "none.yaml" does not exist
            {valueFiles: [../../../etc/passwd]}    | source.helm.valueFiles: "../../../etc/passwd" leads out of the repository
            {valueFiles: [link.yaml]}              | "link.yaml" leads out of the repository
            {valueFiles: [/.git/config]}           | "/.git/config" leads out of the repository or into .git
            {valueFiles: ["https://example.com/v"]} | is a URL, which is not supported
            {valueFiles: [$values/v.yaml]}         | no source of the application has the ref "values"
            {fileParameters: [{name: a, path: a.txt}]} | source.helm.fileParameters: "a.txt" does not exist
            {valueFiles: [broken.yaml]}            | failed to parse broken.yaml
            {values: "a: [1"}                      | failed to parse source.helm.values
            """)
    void aValuesFileThatIsNotThereOrMayNotBeReadIsAnError(String options, String message) throws IOException {
        Path checkout = Files.createDirectory(folder.resolve("checkout"));
        write("outside.yaml", "a: 1\n");
        write("checkout/.git/config", "a: 1\n");
        write("checkout/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("checkout/web/broken.yaml", "a: [1\n");
        write("checkout/values/v.yaml", "a: 1\n");
        Files.createSymbolicLink(checkout.resolve("values/link"), folder.resolve("outside.yaml"));
        Files.createSymbolicLink(checkout.resolve("link.yaml"), folder.resolve("outside.yaml"));
        String written = options.replace("[link.yaml]", "[../link.yaml]");

        assertThatThrownBy(() -> render(checkout, "web", written))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message.replace("\"link.yaml\"", "\"../link.yaml\""));
    }

    @Test
    void aMissingValuesFileMayBeIgnoredAndOneOfAnotherFolderIsRead() throws IOException {
        write("apps/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("apps/web/templates/a.yaml", configMap("{{ .Values.name }}"));
        write("values/a,b.yaml", "name: from-root\n");
        write("apps/near.yaml", "name: near\n");

        assertThat(names(render(
                        "apps/web", "{valueFiles: [none.yaml, '/values/a,b.yaml'], ignoreMissingValueFiles: true}")))
                .containsExactly("from-root");
        assertThat(names(render("apps/web", "{valueFiles: ['/values/a,b.yaml', ../near.yaml]}")))
                .containsExactly("near");
    }

    @Test
    void aLinkOutOfTheRepositoryIsRefusedBeforeHelmFollowsIt() throws IOException {
        Path checkout = Files.createDirectory(folder.resolve("checkout"));
        write("outside/secret", "s3cret\n");
        write("checkout/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("checkout/web/templates/a.yaml", "a: {{ .Files.Get \"files/secret\" }}\n");
        Files.createSymbolicLink(checkout.resolve("web/files"), folder.resolve("outside"));

        assertThatThrownBy(() -> render(checkout, "web", "{}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("web/files: is a symbolic link out of the repository");
    }

    @Test
    void aChartAtTheRootOfACheckoutDoesNotSeeDotGit() throws IOException {
        write("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write(".git/config", "token\n");
        write("templates/a.yaml", configMap("a") + "data: {git: {{ .Files.Get \".git/config\" | quote }}}\n");

        assertThat(contents(render("", "{}")).get(0).at("/data/git").asText()).isEmpty();
    }

    @Test
    void templatesThatYieldAnotherResultEachTimeAreNamed() {
        TestTools.copy(getClass(), "random", folder.resolve("random"));

        assertThat(render("random/random", "{}").warnings())
                .singleElement()
                .asString()
                .startsWith("random/templates/password.yaml yields another result each time");
        assertThat(render("random/random", "{valuesObject: {tls: true}}").warnings())
                .extracting(warning -> warning.split(" ")[0])
                .containsExactly("random/templates/certificate.yaml", "random/templates/password.yaml");
    }

    @Test
    void aChartOfAnHttpRepositoryIsFetchedOnceByItsVersion() throws Exception {
        TestTools.copy(getClass(), "umbrella", folder.resolve("umbrella"));
        TestTools.run(folder, helm, "package", "umbrella/platform", "--destination", "served");
        try (HttpCharts repository = new HttpCharts(folder.resolve("served"), Optional.empty())) {
            repository.index();
            RenderTools tools = TestTools.all().withHelm(helm).withCache(folder.resolve("cache"));
            Source source = Source.of(repository.url(), "2.0.0", "").withChart("platform");

            Built first = render(tools, source);
            Built second = render(tools, source);

            assertThat(contents(first))
                    .isEqualTo(contents(second))
                    .isEqualTo(contents(render("umbrella/platform", "{}")));
            assertThat(repository.asked()).containsOnlyOnce("/platform-2.0.0.tgz");
            assertThat(contents(render(tools, source.withRevision("2.x")))).hasSameSizeAs(contents(first));
            assertThatThrownBy(() -> render(tools, source.withRevision("9.9.9")))
                    .hasMessageContaining("cannot get platform 9.9.9 from " + repository.url());
        }
    }

    @Test
    void aDependencyOfAnHttpRepositoryIsFetchedWithTheHostsCredentials() throws Exception {
        TestTools.copy(getClass(), "random", folder.resolve("random"));
        TestTools.run(folder, helm, "package", "random/steady", "--destination", "served");
        try (HttpCharts repository = new HttpCharts(folder.resolve("served"), Optional.of("ann:s3cret"))) {
            repository.index();
            write(
                    "web/Chart.yaml",
                    "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n"
                            + "- {name: steady, version: 0.1.0, repository: \"" + repository.url() + "\"}\n");
            write("web/templates/a.yaml", configMap("a"));
            write(
                    "config/repositories.yaml",
                    "repositories:\n- {name: mine, url: \"" + repository.url()
                            + "/\", username: ann, password: s3cret}\n");

            assertThatThrownBy(() -> render(TestTools.all().withHelm(helm), "web", "{}"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("web/Chart.yaml:5:4: helm dependency build web cannot get")
                    .hasMessageContaining("the chart repository (" + repository.url())
                    .hasMessageContaining("401 Unauthorized")
                    .hasMessageNotContaining("gitops-render");
            RenderTools tools = TestTools.all().withHelm(helm).withHelmConfiguration(folder.resolve("config"));
            assertThat(names(render(tools, "web", "{}"))).containsExactlyInAnyOrder("a", "steady");
        }
    }

    private Built render(String path, String options) {
        return render(folder, path, options);
    }

    private Built render(Path checkout, String path, String options) {
        return render(checkout, path, options, CLUSTER);
    }

    private Built render(RenderTools tools, String path, String options) {
        return HelmCorpus.render(tools, folder, path, options, CLUSTER);
    }

    private Built render(Path checkout, String path, String options, ClusterVersion cluster) {
        return HelmCorpus.render(TestTools.all().withHelm(helm), checkout, path, options, cluster);
    }

    private static Built render(RenderTools tools, Source source) {
        try (ScratchFolder scratch = new ScratchFolder()) {
            Rendering rendering = new HelmRenderer(tools).prepare(source, HelmCorpus.release(CLUSTER), scratch);
            return rendering.run();
        }
    }

    private static List<ObjectNode> contents(Built built) {
        assertThat(built.documents()).extracting(Built.Document::origin).doesNotContain((Origin) null);
        return built.documents().stream().map(Built.Document::content).toList();
    }

    private static List<String> names(Built built) {
        return contents(built).stream()
                .map(content -> content.at("/metadata/name").asText())
                .toList();
    }

    private static List<String> origins(Built built) {
        return built.documents().stream()
                .map(document -> document.content().path("kind").asText() + " " + document.origin())
                .toList();
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private Map<Path, String> snapshot() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readString(file));
            }
        }
        return files;
    }
}

package io.jenkins.plugins.gitops.engine.render.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.HostInputs;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.RepositoryCredentials;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Charts and dependencies that come from HTTP repositories and OCI registries which let in whom they know. */
class ChartRepositoriesTest {
    private static final Path HELM = TestTools.binary("helm");

    @TempDir
    Path folder;

    @TempDir
    static Path packed;

    @BeforeAll
    static void pack() throws IOException {
        for (String version : List.of("1.0.0", "1.2.0", "2.0.0")) {
            chart(packed, version, "web-" + version);
            TestTools.run(packed, HELM, "package", "web", "--destination", ".");
        }
    }

    private static void chart(Path folder, String version, String map) throws IOException {
        Files.createDirectories(folder.resolve("web/templates"));
        Files.writeString(folder.resolve("web/Chart.yaml"), "apiVersion: v2\nname: web\nversion: " + version + "\n");
        Files.writeString(folder.resolve("web/templates/a.yaml"), map(map));
    }

    @BeforeEach
    void charts() throws IOException {
        Files.createDirectories(folder.resolve("served"));
        for (String version : List.of("1.0.0", "1.2.0", "2.0.0")) {
            String name = "web-" + version + ".tgz";
            Files.copy(packed.resolve(name), folder.resolve("served").resolve(name));
        }
        chart(folder, "2.0.0", "web-2.0.0");
    }

    @Test
    void aRangeIsResolvedToAVersionAndTheChartOfThatVersionIsRendered() throws Exception {
        try (HttpCharts repository = new HttpCharts(folder.resolve("served"), Optional.of("ann:s3cret"))) {
            repository.index();
            RenderTools tools =
                    with(TestTools.all(), new RepositoryCredentials(repository.url() + "/", "ann", "s3cret"));
            HelmRenderer renderer = new HelmRenderer(tools);
            Source source = Source.of(repository.url(), "1.x", "").withChart("web");

            assertThat(renderer.version(source)).isEqualTo("1.2.0");
            assertThat(renderer.version(source.withRevision(">=1.0.0, <1.2.0"))).isEqualTo("1.0.0");
            assertThat(renderer.version(source.withRevision(""))).isEqualTo("2.0.0");
            int before = repository.asked().size();
            assertThat(renderer.version(source.withRevision("1.0.0"))).isEqualTo("1.0.0");
            assertThat(repository.asked()).as("an exact version asks nobody").hasSize(before);
            assertThat(names(render(tools, source.withRevision("1.2.0")))).containsExactly("web-1.2.0");

            assertThatThrownBy(() -> renderer.version(source.withRevision("9.x")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("cannot get web 9.x from " + repository.url());
            RepositoryCredentials wrong = new RepositoryCredentials(repository.url(), "ann", "wr0ng");
            assertThatThrownBy(() -> new HelmRenderer(with(TestTools.all(), wrong)).version(source))
                    .hasMessageContaining("401 Unauthorized")
                    .hasMessageNotContaining("wr0ng");
        }
    }

    @Test
    void anArchiveThatIsNotTheOneOfTheIndexIsRefused() throws Exception {
        try (HttpCharts repository = new HttpCharts(folder.resolve("served"), Optional.empty())) {
            repository.index();
            chart(folder, "1.2.0", "smuggled");
            TestTools.run(folder, HELM, "package", "web", "--destination", "served");
            Source source = Source.of(repository.url(), "1.2.0", "").withChart("web");

            assertThatThrownBy(() -> render(TestTools.all(), source))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("web-1.2.0.tgz is not what the repository's index says");
            assertThat(names(render(TestTools.all(), source.withRevision("2.0.0"))))
                    .containsExactly("web-2.0.0");
        }
    }

    @Test
    void aRegistryIsAskedWithCredentialsThatStandInNoArgumentAndNoVariable() throws Exception {
        try (ChartRegistry registry = new ChartRegistry(folder)) {
            for (String version : List.of("1.0.0", "1.2.0", "2.0.0")) {
                registry.push(folder, folder.resolve("served/web-" + version + ".tgz"));
            }
            Path log = folder.resolve("helm.log");
            Path logging = script("helm", "{ echo \"$@\"; env; } >>" + log + "\nexec " + HELM + " \"$@\"\n");
            RenderTools tools = trusting(TestTools.all().withHelm(logging), registry);
            RenderTools known =
                    with(tools, new RepositoryCredentials(registry.url(), ChartRegistry.USER, ChartRegistry.PASSWORD));
            Source source = Source.of(registry.url(), "1.x", "").withChart("web");

            assertThat(new HelmRenderer(known).version(source)).isEqualTo("1.2.0");
            assertThat(names(render(known, source.withRevision("1.2.0")))).containsExactly("web-1.2.0");
            assertThat(names(render(
                            known,
                            Source.of(registry.url().substring("oci://".length()), "2.0.0", "")
                                    .withChart("web"))))
                    .as("as Argo CD writes a registry")
                    .containsExactly("web-2.0.0");
            assertThatThrownBy(() -> render(tools, source))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("helm pull web: cannot get web 1.x from " + registry.url());
            assertThat(Files.readString(log))
                    .contains("--version 1.2.0")
                    .doesNotContain(ChartRegistry.PASSWORD)
                    .doesNotContain("registry login");
        }
    }

    @Test
    void dependenciesOfARegistryAndOfAnHttpRepositoryAreFetchedWithTheirCredentials() throws Exception {
        write("cache/Chart.yaml", "apiVersion: v2\nname: cache\nversion: 3.1.0\n");
        write("cache/templates/a.yaml", map("cache"));
        TestTools.run(folder, HELM, "package", "cache", "--destination", "served/other");
        try (ChartRegistry registry = new ChartRegistry(folder);
                HttpCharts repository = new HttpCharts(folder.resolve("served"), Optional.of("ann:s3cret"))) {
            registry.push(folder, folder.resolve("served/other/cache-3.1.0.tgz"));
            repository.index();
            write("shop/Chart.yaml", """
                    apiVersion: v2
                    name: shop
                    version: 1.0.0
                    dependencies:
                    - {name: cache, version: 3.x, repository: "%s"}
                    - {name: web, version: 1.x, repository: "%s"}
                    """.formatted(registry.url(), repository.url()));
            write("shop/templates/a.yaml", map("shop"));
            RenderTools tools = with(
                    trusting(TestTools.all(), registry),
                    new RepositoryCredentials(repository.url(), "ann", "s3cret"),
                    new RepositoryCredentials(registry.url(), ChartRegistry.USER, ChartRegistry.PASSWORD));
            SourceFolder shop = SourceFolder.find(new SourceTree(folder, ""), Source.of("", "", "shop"));

            Built built = new HelmRenderer(tools)
                    .prepare(shop, Source.of("", "", "shop"), release())
                    .run();

            assertThat(names(built)).containsExactlyInAnyOrder("shop", "cache", "web-1.2.0");
        }
    }

    @Test
    void aPasswordInTheUrlOfARegistryIsRefusedBecauseItWouldBeAnArgument() {
        Source source =
                Source.of("oci://ann:s3cret@localhost:1/charts", "1.0.0", "").withChart("web");

        assertThatThrownBy(() -> render(TestTools.all(), source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("source.repository: holds a user or a password")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../evil    | 0 | leads out of the chart",
                "/tmp/evil  | 0 | leads out of the chart",
                "web/link   | 2 | is a link or a device",
                "web/device | 3 | is a link or a device",
            })
    void anArchiveThatWouldWriteElsewhereIsRefused(String name, char type, String message) throws IOException {
        Path archive = folder.resolve("evil.tgz");
        byte[] header = new byte[1024];
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, header, 0, name.length());
        System.arraycopy("00000000004".getBytes(StandardCharsets.US_ASCII), 0, header, 124, 11);
        header[156] = (byte) type;
        System.arraycopy("evil".getBytes(StandardCharsets.US_ASCII), 0, header, 512, 4);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(header);
        }
        Files.write(archive, packed.toByteArray());
        Path target = Files.createDirectories(folder.resolve("unpacked/here"));

        assertThatThrownBy(() -> ChartArchive.unpack(archive, target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
        assertThat(folder.resolve("unpacked/evil")).doesNotExist();
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void anArchiveThatUnpacksToTooMuchIsRefused() throws IOException {
        Path big = folder.resolve("big/zeros");
        Files.createDirectories(big.getParent());
        try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(130L << 20);
        }
        TestTools.run(folder, Path.of("/bin/tar"), "-czf", "big.tgz", "big");

        assertThatThrownBy(() ->
                        ChartArchive.unpack(folder.resolve("big.tgz"), Files.createDirectory(folder.resolve("out"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds more than 128 MiB");
    }

    @Test
    void longNamesAreUnpackedAsHelmPacksThem() throws IOException {
        String name = "templates/" + "a-long-name-".repeat(12) + "/" + "b".repeat(90) + ".yaml";
        write("web/" + name, map("long"));
        TestTools.run(folder, HELM, "package", "web", "--version", "9.0.0", "--destination", "served");
        Path out = Files.createDirectory(folder.resolve("out"));

        ChartArchive.unpack(folder.resolve("served/web-9.0.0.tgz"), out);

        assertThat(out.resolve("web/" + name)).hasContent(map("long"));
        assertThat(out.resolve("web/Chart.yaml")).exists();
    }

    private static RenderTools with(RenderTools tools, RepositoryCredentials... credentials) {
        return tools.withInputs(HostInputs.NONE.withRepositories(List.of(credentials)));
    }

    private static RenderTools trusting(RenderTools tools, ChartRegistry registry) {
        Map<String, String> environment = new HashMap<>(tools.environment());
        environment.putAll(registry.trust());
        return tools.withEnvironment(environment);
    }

    private Path script(String name, String text) throws IOException {
        Path script = folder.resolve("bin/" + name);
        write("bin/" + name, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static Built render(RenderTools tools, Source source) {
        try (ScratchFolder scratch = new ScratchFolder()) {
            return new HelmRenderer(tools).prepare(source, release(), scratch).run();
        }
    }

    private static HelmRenderer.Release release() {
        return new HelmRenderer.Release("shop", "store", Map.of(), () -> new ClusterVersion("v1.30.0", List.of("v1")));
    }

    private static List<String> names(Built built) {
        return built.documents().stream()
                .map(document -> document.content().at("/metadata/name").asText())
                .toList();
    }

    private static String map(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }
}

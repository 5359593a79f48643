package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.Admin;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case of the corpus beside this class, on a real API server: the report must be the one that the case writes down. */
@WithCluster
class ComparisonCorpusTest {
    private static final int AT_ONCE = 8;
    private static final List<String> THEMES = List.of(
            "aggregated-cluster-roles",
            "base64",
            "custom-resources",
            "defaulted-ports",
            "durations",
            "empty-rbac-rules",
            "hpa-replicas",
            "ignore-rules",
            "immutable-fields",
            "int-or-string",
            "list-merge-keys",
            "masking",
            "mutated-on-admission",
            "quantities",
            "removed-from-git",
            "volume-claim-templates");

    private static ExecutorService threads;
    private static Cluster cluster;
    private static Admin admin;
    private static final List<Runnable> CLEANUPS = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> corpus(TestNamespace home, @TempDir Path folder) throws IOException {
        threads = Executors.newFixedThreadPool(AT_ONCE);
        cluster = Cluster.connect(new ClusterConfig(home.kubeconfig(), null, false, 20));
        admin = new Admin(home.kubeconfig());
        prepare(home);
        List<DynamicTest> tests = new ArrayList<>();
        int number = 0;
        for (Path file : files()) {
            TestNamespace namespace = new TestNamespace(home.name() + "-" + number++, home.kubeconfig(), home.binary());
            CorpusCase testCase = CorpusCase.read(file, namespace.name(), home.name());
            Future<?> result = threads.submit(() -> {
                run(testCase, namespace, folder, home);
                return null;
            });
            tests.add(DynamicTest.dynamicTest(
                    testCase.theme() + "/" + testCase.name() + ": " + testCase.rule(),
                    file.toUri(),
                    () -> join(result)));
        }
        return tests.stream();
    }

    @Test
    void everyThemeHasThreeCasesAndTheCorpusNinety() throws IOException {
        Map<String, Long> themes = files().stream()
                .collect(Collectors.groupingBy(
                        file -> file.getParent().getFileName().toString(), TreeMap::new, Collectors.counting()));
        assertThat(themes.keySet()).containsExactlyElementsOf(THEMES);
        assertThat(themes).allSatisfy((theme, cases) -> assertThat(cases).isGreaterThanOrEqualTo(3));
        assertThat(files()).hasSizeGreaterThanOrEqualTo(90);
    }

    @AfterAll
    static void end() {
        if (threads != null) {
            threads.shutdownNow();
            CLEANUPS.forEach(Runnable::run);
            cluster.close();
            admin.close();
        }
    }

    /** What several cases share: kinds of custom resources, and what changes objects on admission. */
    private static void prepare(TestNamespace home) throws IOException {
        String shared = Files.readString(folder().resolve("shared.yaml")).replace("HOME", home.name());
        for (JsonNode object : CorpusCase.documents(shared)) {
            String name = object.path("kind").asText() + " "
                    + object.path("metadata").path("name").asText();
            admin.create(object, "", "corpus");
            CLEANUPS.add(() -> admin.delete(name, ""));
        }
        home.await("the shared kinds are served", Duration.ofSeconds(30), () -> {
            cluster.refreshDiscovery();
            return Stream.of("Shaped", "Loose")
                    .allMatch(
                            kind -> cluster.discovery().apiVersionsOf(kind).contains(home.name() + ".example.com/v1"));
        });
        admin.patch(
                "Namespace " + home.name(),
                "",
                "merge",
                CorpusCase.documents("{metadata: {labels: {corpus: %s, theme: mutated-on-admission}}}"
                                .formatted(home.name()))
                        .getFirst(),
                "corpus",
                "");
        for (String probe : List.of("labelled", "forced", "meshed")) {
            home.await(
                    "objects named " + probe + " are changed on admission",
                    Duration.ofSeconds(30),
                    () -> isChanged(home, probe));
        }
    }

    private static boolean isChanged(TestNamespace home, String name) {
        JsonNode object = CorpusCase.documents(
                        name.equals("meshed")
                                ? """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: meshed}
                                spec:
                                  replicas: 0
                                  selector: {matchLabels: {app: web}}
                                  template:
                                    metadata: {labels: {app: web}}
                                    spec: {containers: [{name: web, image: registry.example/web}]}
                                """
                                : "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}".formatted(name))
                .getFirst();
        JsonNode created = admin.create(object, home.name(), "corpus");
        admin.delete(object.path("kind").asText() + " " + name, home.name());
        return created.at("/metadata/labels/injected").isTextual()
                || created.at("/data/level").isTextual()
                || created.at("/spec/template/spec/containers/1").isObject();
    }

    private static void run(CorpusCase testCase, TestNamespace namespace, Path folder, TestNamespace home)
            throws IOException {
        JsonNode object = CorpusCase.documents("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {corpus: %s, theme: %s}}
                """.formatted(namespace.name(), home.name(), testCase.theme()))
                .getFirst();
        admin.create(object, "", "corpus");
        try {
            Path own = Files.createDirectory(folder.resolve(namespace.name()));
            new CorpusRun(testCase, namespace, own, admin, cluster).run();
        } finally {
            admin.delete("Namespace " + namespace.name(), "");
        }
    }

    private static void join(Future<?> result) throws Throwable {
        try {
            result.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getParent().equals(folder()))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        try {
            return Path.of(ComparisonCorpusTest.class.getResource("corpus").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real command line (SIGKILL) at random points of a sync of 200 objects, with waves and prunes: each time the next one
 * converges, nothing foreign is touched, nothing tracked is lost (SEMANTICS 7).
 *
 * <p>A point is one of the process's writes: it dies with that request on its way, and with those that are in flight beside it.
 * How many deaths: {@code -Dgitops.kills=500}; which points: {@code -Dgitops.seed=…}, printed by each run.
 */
@WithCluster
class RandomKillsTest {
    private static final int WRITES = 205;
    private static final int PLAN_EVERY = 10;

    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private Cli reliable;
    private JsonNode look;
    private Set<String> foreign;

    @BeforeEach
    void foreignObjects(TestNamespace namespace) {
        this.namespace = namespace;
        reliable = new Cli(folder, namespace);
        namespace.kubectl("create", "configmap", "foreign");
        namespace.kubectl("create", "secret", "generic", "foreign");
    }

    @Test
    void whereverASyncIsKilledTheNextOneConverges() throws Exception {
        long seed = Long.getLong("gitops.seed", System.nanoTime());
        int kills = Integer.getInteger("gitops.kills", 50);
        System.out.println("random kills: " + kills + " with -Dgitops.seed=" + seed);
        Random random = new Random(seed);
        write(0);
        foreign = foreign(look());
        // This one ends by itself, and leaves an archive of its classes by which the others start sooner.
        Process first = reliable.archive(folder.resolve("classes.jsa"))
                .start(Cli.application("sync", namespace, "deploy", "--prune"));
        assertThat(first.waitFor(120, TimeUnit.SECONDS)).isTrue();
        converges(0, "first");
        // A label that something copied makes nothing ours.
        String id = namespace.read("configmap/steady-000", "{.metadata.labels.applyset\\.kubernetes\\.io/part-of}");
        namespace.kubectl("label", "secret/foreign", "applyset.kubernetes.io/part-of=" + id);
        foreign = foreign(look());
        int deaths = 0;
        for (int round = 1; deaths < kills; round++) {
            write(round);
            int point = random.nextInt(WRITES);
            boolean died = killAt(point);
            deaths += died ? 1 : 0;
            String where = "round " + round + ", killed at write " + point + ", seed " + seed;
            converges(round, where);
            assertThat(round).as("most of the points are hit").isLessThan(2 * kills + 10);
        }
    }

    /** Whether the process died there; a sync that has fewer writes ends before. */
    private boolean killAt(int point) throws IOException, InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        AtomicReference<Process> process = new AtomicReference<>();
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig())) {
            server.before("(?!.*dryRun)(PATCH|POST|PUT|DELETE) .*", Integer.MAX_VALUE, () -> {
                if (writes.getAndIncrement() == point) {
                    process.get().destroyForcibly();
                }
            });
            Cli mortal = new Cli(folder)
                    .archive(folder.resolve("classes.jsa"))
                    .kubeconfig(server.kubeconfig(folder.resolve("mortal")));
            process.set(mortal.start(Cli.application("sync", namespace, "deploy", "--prune")));
            assertThat(process.get().waitFor(120, TimeUnit.SECONDS)).isTrue();
            return process.get().exitValue() == 128 + 9;
        }
    }

    private void converges(int round, String where) {
        Cli.Result sync = reliable.run(Cli.application("sync", namespace, "deploy", "--prune", "-o", "json"));
        assertThat(sync.exitCode()).as(where + ": " + sync.err() + sync.out()).isZero();
        Set<String> members = new TreeSet<>();
        for (JsonNode object : look()) {
            JsonNode metadata = object.path("metadata");
            String kind = object.path("kind").textValue().toLowerCase(Locale.ROOT);
            if (metadata.path("labels").path("part").asText().equals("of-200")) {
                members.add(kind + "/" + metadata.path("name").textValue());
            }
            if (metadata.path("labels").has("applyset.kubernetes.io/id")) {
                assertThat(metadata.path("annotations")
                                .path("applyset.kubernetes.io/contains-group-kinds")
                                .textValue())
                        .as(where)
                        .isEqualTo("ConfigMap,Secret," + comingKind(round));
            }
            if (kind.equals("lease")) {
                assertThat(object.path("spec").path("holderIdentity").asText())
                        .as(where)
                        .isEmpty();
            }
        }
        assertThat(members).as(where).isEqualTo(desired(round));
        if (round % PLAN_EVERY == 0) {
            JsonNode plan = reliable.run(Cli.application("plan", namespace, "deploy", "--prune", "-o", "json"))
                    .json();
            assertThat(plan.path("tasks")).as(where).isEmpty();
        }
        assertThat(foreign(look)).as(where).isEqualTo(foreign);
    }

    private JsonNode look() {
        try {
            look = new ObjectMapper()
                    .readTree(namespace.kubectl(
                            "get",
                            "configmaps,secrets,services,serviceaccounts,leases.coordination.k8s.io",
                            "-o",
                            "json"))
                    .path("items");
            return look;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The foreign objects and their versions. */
    private static Set<String> foreign(JsonNode objects) {
        Set<String> versions = new TreeSet<>();
        for (JsonNode object : objects) {
            JsonNode metadata = object.path("metadata");
            if (metadata.path("name").asText().equals("foreign")) {
                versions.add(object.path("kind").asText() + " "
                        + metadata.path("resourceVersion").asText());
            }
        }
        return versions;
    }

    /**
     * Every second revision is the same. 120 objects stay and change, 40 come and 40 go each time, in four waves: 200 objects are
     * written or pruned.
     */
    private void write(int round) throws IOException {
        Path deploy = folder.resolve("deploy");
        if (Files.exists(deploy)) {
            try (var files = Files.walk(deploy)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        Files.createDirectory(deploy);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            String kind = i % 2 == 0 ? "ConfigMap" : "Secret";
            all.append(object(
                    kind,
                    "steady-%03d".formatted(i),
                    i % 4,
                    "stringData: {round: \"%d\"}"
                            .formatted(round)
                            .replace("stringData", kind.equals("Secret") ? "stringData" : "data")));
        }
        for (int i = 0; i < 40; i++) {
            all.append(object(comingKind(round), "%s-%03d".formatted(coming(round), i), i % 4, comingSpec(round)));
        }
        Files.writeString(deploy.resolve("all.yaml"), all);
    }

    private static Set<String> desired(int round) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 120; i++) {
            names.add((i % 2 == 0 ? "configmap" : "secret") + "/steady-%03d".formatted(i));
        }
        for (int i = 0; i < 40; i++) {
            names.add(comingKind(round).toLowerCase(Locale.ROOT) + "/%s-%03d".formatted(coming(round), i));
        }
        return names;
    }

    private static String coming(int round) {
        return round % 2 == 0 ? "even" : "odd";
    }

    private static String comingKind(int round) {
        return round % 2 == 0 ? "ServiceAccount" : "Service";
    }

    private static String comingSpec(int round) {
        return round % 2 == 0 ? "automountServiceAccountToken: false" : "spec: {clusterIP: None, ports: [{port: 80}]}";
    }

    private static String object(String kind, String name, int wave, String content) {
        return """
                apiVersion: v1
                kind: %s
                metadata:
                  name: %s
                  labels: {part: of-200}
                  annotations: {gitops.jenkins.io/sync-wave: "%d"}
                %s
                ---
                """.formatted(kind, name, wave, content);
    }
}

package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.Admin;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The fast path against the dry run of a real API server, over generated pairs of a live object and a desired one. It may be
 * silent, and must never lie. {@code -Dgitops.pairs=N} for more, {@code -Dgitops.seed=N} to repeat a failure.
 */
@WithCluster
class FastPathTest {
    private static final int PAIRS = Integer.getInteger("gitops.pairs", 20_000);
    private static final int DESIRED_FOR_EACH_LIVE = 25;

    private final long seed = Long.getLong("gitops.seed", System.nanoTime());
    private TestNamespace namespace;
    private Cluster cluster;
    private Admin admin;

    @BeforeEach
    void connect(TestNamespace namespace) {
        this.namespace = namespace;
        cluster = Cluster.connect(new ClusterConfig(namespace.kubeconfig(), null, false, 20));
        admin = new Admin(namespace.kubeconfig());
        for (JsonNode definition : documents("definitions.yaml")) {
            admin.apply(definition, "", "test");
        }
        namespace.await(
                "the definition is served",
                Duration.ofSeconds(20),
                () -> cluster.refreshDiscovery()
                        .find("fastpath.example.com/v1", "Shape")
                        .isPresent());
    }

    @AfterEach
    void close() {
        admin.close();
        cluster.close();
    }

    /** What the dry run said of one pair. */
    private enum Truth {
        unchanged,
        changed,
        refused,
        /** A controller wrote meanwhile, so that nothing can be told. */
        moved
    }

    private record Pair(String what, ObjectNode desired, ObjectNode live, boolean settled, Truth truth) {}

    @Test
    void whatItCallsSettledADryRunDoesNotChange() {
        List<Pair> pairs = new ArrayList<>();
        List<JsonNode> bases = documents("objects.yaml");
        for (int round = 0; pairs.size() < PAIRS; round++) {
            pairs.addAll(pairsOf((ObjectNode) bases.get(round % bases.size()), new Random(seed + round)));
        }
        List<Pair> told =
                pairs.stream().filter(pair -> pair.truth() != Truth.moved).toList();
        assertThat(told.stream().filter(pair -> pair.settled() && pair.truth() != Truth.unchanged))
                .as("lies, with -Dgitops.seed=" + seed)
                .isEmpty();
        assertThat(told).hasSizeGreaterThan(PAIRS * 9 / 10);
        long unchanged =
                told.stream().filter(pair -> pair.truth() == Truth.unchanged).count();
        long changed =
                told.stream().filter(pair -> pair.truth() == Truth.changed).count();
        long settled = told.stream().filter(Pair::settled).count();
        assertThat(unchanged).as("pairs that differ in nothing").isGreaterThan(PAIRS / 20);
        assertThat(changed).as("pairs that differ").isGreaterThan(PAIRS / 3);
        assertThat(settled).as("it is not silent always").isGreaterThan(unchanged / 2);
    }

    /** Of one live object, applied by us and changed by others, and many desired ones. */
    private List<Pair> pairsOf(ObjectNode base, Random random) {
        Mutations mutations = new Mutations(random);
        ObjectNode first = placed(random.nextInt(3) == 0 ? mutations.of(base, 2) : base);
        ApiResource resource = cluster.discovery()
                .find(first.path("apiVersion").asText(), first.path("kind").asText())
                .orElseThrow();
        cluster.schemas().learn(resource);
        String object =
                first.path("kind").asText() + "." + first.path("apiVersion").asText() + " "
                        + first.path("metadata").path("name").asText();
        admin.get(object, namespace.name()).ifPresent(old -> admin.delete(object, namespace.name()));
        if (random.nextInt(8) == 0) {
            attempt(() -> admin.create(placed(base), namespace.name(), "kubectl-client-side-apply"));
        }
        if (attempt(() -> cluster.objects().apply(resource, first, false)).isEmpty()) {
            return List.of();
        }
        for (int edit = random.nextInt(4); edit > 0; edit--) {
            attempt(() -> new Edits(admin, namespace.name(), random).of(object, first));
        }
        Optional<ObjectNode> live = admin.get(object, namespace.name());
        if (live.isEmpty()) {
            return List.of();
        }
        List<ObjectNode> desired = Stream.concat(
                        Stream.of(first),
                        IntStream.range(1, DESIRED_FOR_EACH_LIVE)
                                .mapToObj(any -> placed(mutations.of(first, 1 + random.nextInt(2), live.get()))))
                .toList();
        return InParallel.map(desired, wanted -> pair(resource, wanted, live.get()));
    }

    private Pair pair(ApiResource resource, ObjectNode desired, ObjectNode live) {
        boolean settled = FastPath.of(cluster.schemas(), List.of()).isSettled(resource, desired, live);
        return new Pair(desired + " over " + live, desired, live, settled, truth(resource, desired, live));
    }

    private Truth truth(ApiResource resource, ObjectNode desired, ObjectNode live) {
        try {
            ObjectNode result = cluster.objects().apply(resource, desired, true);
            if (!result.at("/metadata/resourceVersion").equals(live.at("/metadata/resourceVersion"))) {
                return Truth.moved;
            }
            boolean sameContent = FieldComparison.between(result, live).isEmpty()
                    && new OwnedFields(live, result).leftByOtherWrites().isEmpty();
            return sameContent && ownership(result).equals(ownership(live)) ? Truth.unchanged : Truth.changed;
        } catch (ApiException e) {
            return Truth.refused;
        }
    }

    private static Optional<String> ownership(ObjectNode object) {
        return ManagedFields.of(object)
                .ourApply()
                .map(entry -> entry.apiVersion() + " " + sorted(entry.fields().json()));
    }

    private static String sorted(JsonNode node) {
        StringBuilder text = new StringBuilder("{");
        node.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(child -> text.append(child.getKey()).append(sorted(child.getValue())));
        return text.append('}').toString();
    }

    private static <T> Optional<T> attempt(Supplier<T> write) {
        try {
            return Optional.of(write.get());
        } catch (ApiException refused) {
            return Optional.empty();
        }
    }

    private ObjectNode placed(ObjectNode object) {
        ObjectNode placed = object.deepCopy();
        placed.withObject("/metadata").put("namespace", namespace.name());
        placed.withObject("/metadata/labels").put(ApplySet.PART_OF, "applyset-test");
        return placed;
    }

    private static List<JsonNode> documents(String file) {
        try (var stream = FastPathTest.class.getResourceAsStream("fastpath/" + file)) {
            return CorpusCase.documents(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

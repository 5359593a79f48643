package io.jenkins.plugins.gitops.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** Objects as no API server has them: every rule meets values of every type anywhere, and always answers. */
class HealthFuzzTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HealthRules RULES = new HealthRules();
    private static final List<ObjectNode> OBJECTS = Stream.concat(
                    OperatorExamples.all().stream().map(OperatorExamples.Example::object), builtIn())
            .toList();

    /** Something in the object is replaced: the place-th of all values, counted over and over. */
    record Mutation(int place, JsonNode value) {}

    @Property(tries = 6_000, seed = "20261124", shrinking = ShrinkingMode.BOUNDED)
    void everyObjectHasAnAnswer(
            @ForAll("objects") ObjectNode object,
            @ForAll("mutations") @Size(min = 1, max = 4) List<Mutation> mutations) {
        ObjectNode mutated = object.deepCopy();
        mutations.forEach(mutation -> apply(mutated, mutation));

        Optional<Health> health = RULES.assess(mutated);

        if (health.isPresent() && health.get().status() != HealthStatus.Healthy) {
            assertThat(health.get().message()).as(mutated.toString()).isNotBlank();
        }
    }

    @Property(tries = 2_000, seed = "20261124", shrinking = ShrinkingMode.BOUNDED)
    void aStatusThatIsNoMappingIsNeverHealthy(
            @ForAll("objects") ObjectNode object, @ForAll("scalars") JsonNode status) {
        ObjectNode mutated = object.deepCopy();
        mutated.set("status", status);

        assertThat(RULES.assess(mutated).map(Health::status))
                .as(mutated.toString())
                .isNotEqualTo(Optional.of(HealthStatus.Healthy));
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        return Arbitraries.of(OBJECTS);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Combinators.combine(Arbitraries.integers().between(0, 500), values())
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<JsonNode> scalars() {
        return Arbitraries.of(
                JSON.textNode("ready"),
                JSON.numberNode(7),
                JSON.booleanNode(true),
                JSON.arrayNode().add("x"));
    }

    private static Arbitrary<JsonNode> values() {
        ArrayNode many = JSON.arrayNode();
        for (int i = 0; i < 2_000; i++) {
            many.addObject().put("type", "T" + i).put("status", "True");
        }
        return Arbitraries.of(
                JSON.nullNode(),
                JSON.textNode(""),
                JSON.textNode("True"),
                JSON.textNode("12"),
                JSON.textNode("\u0000ü€"),
                JSON.numberNode(-1),
                JSON.numberNode(Long.MAX_VALUE),
                JSON.numberNode(1.5),
                JSON.numberNode(new BigInteger("99999999999999999999999")),
                JSON.booleanNode(false),
                JSON.objectNode(),
                JSON.objectNode().put("type", "Ready"),
                JSON.arrayNode(),
                JSON.arrayNode().add(1).add("x").addNull(),
                many);
    }

    private static void apply(ObjectNode object, Mutation mutation) {
        List<Runnable> places = new ArrayList<>();
        collect(object, mutation.value(), places, true);
        if (!places.isEmpty()) {
            places.get(mutation.place() % places.size()).run();
        }
    }

    /** apiVersion and kind at the top stay: they say which rule is tried. */
    private static void collect(JsonNode node, JsonNode value, List<Runnable> places, boolean top) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (!top || !List.of("apiVersion", "kind").contains(field.getKey())) {
                    places.add(() -> object.set(field.getKey(), value.deepCopy()));
                    collect(field.getValue(), value, places, false);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, value.deepCopy()));
                collect(array.get(i), value, places, false);
            }
        }
    }

    private static Stream<ObjectNode> builtIn() {
        String status = "metadata: {name: a, generation: 2, deletionTimestamp: null, annotations: {a: b}}, "
                + "spec: {replicas: 2, paused: false, suspend: false, restartPolicy: Always, type: LoadBalancer, completions: 1, "
                + "updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}}, "
                + "status: {observedGeneration: 2, phase: Running, replicas: 2, readyReplicas: 2, updatedReplicas: 2, availableReplicas: 2, "
                + "currentHealthy: 1, desiredHealthy: 1, lastScheduleTime: '2026-01-01T11:00:00Z', active: [], loadBalancer: {ingress: [{ip: a}]}, "
                + "containerStatuses: [{name: a, ready: true, state: {running: {}}, lastState: {terminated: {exitCode: 1}}}], "
                + "conditions: [{type: Ready, status: 'False', reason: r, message: m, lastTransitionTime: '2026-01-01T11:00:00Z', observedGeneration: 2}]}";
        return BuiltInRules.entries(InstantSource.system()).stream()
                .flatMap(entry -> entry.kinds().stream())
                .map(GroupKind::parse)
                .map(kind ->
                        LiveObjects.live(kind.group().isEmpty() ? "v1" : kind.group() + "/v1", kind.kind(), status));
    }
}

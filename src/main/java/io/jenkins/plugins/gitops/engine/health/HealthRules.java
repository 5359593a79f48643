package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The health of live objects: a custom rule, else the built-in one of the kind, else that of its operator, else the generic
 * conditions (SEMANTICS 9). Safe for threads.
 */
public final class HealthRules {
    /** Characters. */
    private static final int LONGEST_MESSAGE = 2_000;

    private final Map<GroupKind, HealthRule> rules;
    private final GenericHealth generic = new GenericHealth();
    private final CustomRules custom;
    private final OperatorRules operators;

    /** What is built in, and nothing else. */
    public HealthRules() {
        this(HealthPolicy.DEFAULT);
    }

    /** @throws InvalidInputException when an expression of the policy is no CEL, or a file of it holds no rules */
    public HealthRules(HealthPolicy policy) {
        this(
                policy,
                policy.files().stream()
                        .map(file ->
                                HealthRuleFile.read(file.name(), file.text().getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                InstantSource.system());
    }

    /** @throws InvalidInputException as the constructor: for a host that wants to know before it keeps them */
    public static void requireValid(HealthPolicy policy) {
        Objects.requireNonNull(new HealthRules(policy));
    }

    /**
     * @param more rules beside those of the policy, which come first
     * @param clock tells how long a pod has been unschedulable
     * @throws InvalidInputException when an expression is wrong
     */
    public HealthRules(HealthPolicy policy, List<HealthRuleFile> more, InstantSource clock) {
        Lazy<CelExpressions> cel = new Lazy<>(CelExpressions::new);
        this.rules = BuiltInRules.table(policy.addresses(), clock);
        this.custom = new CustomRules(policy.checks(), more, cel, generic);
        this.operators = new OperatorRules(generic, cel);
    }

    /**
     * Never fails: an object whose fields are not as its kind documents them is Unknown.
     *
     * @return empty when the kind has no rule and the object no status or conditions that tell: it counts as healthy
     */
    public Optional<Health> assess(ObjectNode live) {
        LiveObject object = new LiveObject(live);
        try {
            return judge(object).map(HealthRules::shortened);
        } catch (UnreadableField e) {
            return Optional.of(new Health(HealthStatus.Unknown, e.getMessage()));
        }
    }

    private Optional<Health> judge(LiveObject object) {
        if (object.metadata().hasNonNull("deletionTimestamp")) {
            return Optional.of(Health.progressing(deletion(object)));
        }
        Optional<Function<LiveObject, Optional<Health>>> own = custom.of(object.groupKind());
        if (own.isPresent()) {
            return own.get().apply(object);
        }
        // Throws for one that is no mapping: no rule can make anything of it.
        object.hasStatus();
        HealthRule rule = rules.get(object.groupKind());
        if (rule != null) {
            return Optional.of(rule.assess(object));
        }
        Optional<OperatorRule> operator = operators.of(object.groupKind());
        return operator.isPresent() ? operator.get().assess(object) : generic.assess(object);
    }

    /** What a controller quotes can be of any length. */
    private static Health shortened(Health health) {
        String message = health.message();
        return message.length() <= LONGEST_MESSAGE
                ? health
                : new Health(health.status(), message.substring(0, LONGEST_MESSAGE) + " …");
    }

    private static String deletion(LiveObject object) {
        String since = object.metadata().path("deletionTimestamp").asText();
        JsonNode finalizers = object.metadata().path("finalizers");
        if (finalizers.isEmpty()) {
            return "being deleted since " + since;
        }
        String names = StreamSupport.stream(finalizers.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return "being deleted since " + since + ", waits for its finalizers: " + names;
    }
}

package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The health of live objects: the built-in rule of the kind, else the operator's, else the generic conditions (SEMANTICS 9). Safe for threads. */
public final class HealthRules {
    private final Map<GroupKind, HealthRule> rules;
    private final GenericHealth generic = new GenericHealth();
    private final OperatorRules operators = new OperatorRules(generic, new Lazy<>(CelExpressions::new));

    /** All rules on. */
    public HealthRules() {
        this(true, InstantSource.system());
    }

    /**
     * @param addresses whether an Ingress and a Service of type LoadBalancer need an address; off where nothing hands
     *     addresses out
     * @param clock tells how long a pod has been unschedulable
     */
    public HealthRules(boolean addresses, InstantSource clock) {
        this.rules = BuiltInRules.table(addresses, clock);
    }

    /** Empty when the kind has no rule and the object no status or conditions that tell: it counts as healthy. */
    public Optional<Health> assess(ObjectNode live) {
        LiveObject object = new LiveObject(live);
        if (object.metadata().hasNonNull("deletionTimestamp")) {
            return Optional.of(Health.progressing(deletion(object)));
        }
        HealthRule rule = rules.get(object.groupKind());
        if (rule != null) {
            return Optional.of(rule.assess(object));
        }
        Optional<OperatorRule> operator = operators.of(object.groupKind());
        return operator.isPresent() ? operator.get().assess(object) : generic.assess(object);
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

package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** HorizontalPodAutoscaler: well when it can scale, and when it holds a limit that somebody set. */
final class HorizontalPodAutoscalerHealth implements HealthRule {
    /** Where autoscaling/v1, which has no field for them, keeps the conditions, as JSON. */
    private static final String V1_CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";

    private static final Set<String> NO_SCALE = Set.of("FailedGetScale", "FailedUpdateScale");
    private static final Pattern NO_METRIC =
            Pattern.compile("FailedGet\\w*Metric|FailedComputeMetricsReplicas|InvalidSelector");

    @Override
    public Health assess(LiveObject live) {
        LiveObject current = live.status().has("conditions") ? live : withConditionsOfV1(live);
        return unable(current)
                .or(() -> inactive(current))
                .map(c -> Health.degraded(c.says()))
                .or(() -> current.whenTrue("AbleToScale")
                        .or(() -> current.whenTrue("ScalingLimited"))
                        .map(c -> Health.healthy(c.says())))
                .orElseGet(() -> Health.progressing("its controller has not yet said whether it can scale"));
    }

    /** Whether its controller has not looked at it: there may be none. */
    static boolean isUnseen(LiveObject live) {
        return live.status().path("conditions").isEmpty()
                && !live.metadata().path("annotations").has(V1_CONDITIONS);
    }

    private static Optional<Condition> unable(LiveObject live) {
        return live.condition("AbleToScale").filter(c -> c.isFalse() && NO_SCALE.contains(c.reason()));
    }

    private static Optional<Condition> inactive(LiveObject live) {
        return live.condition("ScalingActive")
                .filter(c -> c.isFalse() && NO_METRIC.matcher(c.reason()).matches());
    }

    private static LiveObject withConditionsOfV1(LiveObject live) {
        JsonNode annotation = live.metadata().path("annotations").path(V1_CONDITIONS);
        if (!annotation.isTextual()) {
            return live;
        }
        LiveObject copy = new LiveObject(live.content().deepCopy());
        try {
            copy.content().withObject("status").set("conditions", new ObjectMapper().readTree(annotation.textValue()));
        } catch (JsonProcessingException e) {
            throw new UnreadableField("annotation " + V1_CONDITIONS, annotation, "a JSON list");
        }
        return copy;
    }
}

package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** HorizontalPodAutoscaler: well when it can scale, and when it holds a limit that somebody set. */
final class HorizontalPodAutoscalerHealth implements HealthRule {
    private static final Set<String> NO_SCALE = Set.of("FailedGetScale", "FailedUpdateScale");
    private static final Pattern NO_METRIC =
            Pattern.compile("FailedGet\\w*Metric|FailedComputeMetricsReplicas|InvalidSelector");

    @Override
    public Health assess(LiveObject live) {
        return unable(live)
                .or(() -> inactive(live))
                .map(c -> Health.degraded(c.says()))
                .or(() -> live.whenTrue("AbleToScale")
                        .or(() -> live.whenTrue("ScalingLimited"))
                        .map(c -> Health.healthy(c.says())))
                .orElseGet(() -> Health.progressing("its controller has not yet said whether it can scale"));
    }

    private static Optional<Condition> unable(LiveObject live) {
        return live.condition("AbleToScale").filter(c -> c.isFalse() && NO_SCALE.contains(c.reason()));
    }

    private static Optional<Condition> inactive(LiveObject live) {
        return live.condition("ScalingActive")
                .filter(c -> c.isFalse() && NO_METRIC.matcher(c.reason()).matches());
    }
}

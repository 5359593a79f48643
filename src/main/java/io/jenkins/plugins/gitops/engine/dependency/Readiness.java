package io.jenkins.plugins.gitops.engine.dependency;

import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import java.util.Optional;

/**
 * Whether those that depend on an application may begin: it is in sync with its newest revision, and healthy.
 *
 * @param why what is still to come; empty when it is ready
 */
public record Readiness(String application, String why) {
    public boolean isReady() {
        return why.isEmpty();
    }

    /**
     * @param drift of a comparison with the newest revision
     * @param health of the same comparison
     */
    public static Readiness of(DriftReport drift, HealthReport health) {
        String name = drift.application();
        if (drift.verdict() != ApplicationVerdict.InSync) {
            Optional<String> first = drift.objects().stream()
                    .filter(object -> object.verdict() != Verdict.InSync)
                    .findFirst()
                    .map(object -> ": " + object.key() + " " + object.verdict());
            return new Readiness(name, name + " is " + drift.verdict() + first.orElse(""));
        }
        return health.objects().stream()
                .filter(object -> object.status() != null && object.status() != HealthStatus.Healthy)
                .findFirst()
                .map(object -> new Readiness(
                        name,
                        name + " is not healthy: " + (object.kind() + " " + object.name()) + " is " + object.status()
                                + (object.message().isEmpty() ? "" : " (" + object.message() + ")")))
                .orElse(new Readiness(name, ""));
    }

    /** One of which nothing could be found out. */
    public static Readiness unknown(String application, String why) {
        return new Readiness(application, application + " could not be looked at: " + why);
    }
}

package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.Collection;
import java.util.Optional;

/** The health of an application: the worst of its objects (SEMANTICS 9). */
public final class ApplicationHealth {
    /** Of an object that Git declares and the cluster does not have. */
    public static final Health MISSING = new Health(HealthStatus.Missing, "not in the cluster");

    private ApplicationHealth() {}

    /** An object without health counts as healthy, and so does an application without objects. */
    public static HealthStatus worst(Collection<Optional<Health>> objects) {
        return objects.stream()
                .flatMap(Optional::stream)
                .map(Health::status)
                .reduce(HealthStatus.Healthy, HealthStatus::worse);
    }
}

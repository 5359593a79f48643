package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * How the health of an application's objects is told (SEMANTICS 9).
 *
 * @param addresses whether an Ingress and a Service of type LoadBalancer are Progressing until they have an address; off
 *     where nothing hands addresses out
 * @param checks the application's own rules, the first that matches an object's kind decides
 * @param files rules of its host, such as those of a whole Jenkins; they come after the application's own
 */
public record HealthPolicy(boolean addresses, List<HealthCheck> checks, List<HealthRuleText> files)
        implements Serializable {
    public static final HealthPolicy DEFAULT = new HealthPolicy(true, List.of());

    public HealthPolicy {
        checks = List.copyOf(checks);
        files = List.copyOf(files);
    }

    /** One without files. */
    public HealthPolicy(boolean addresses, List<HealthCheck> checks) {
        this(addresses, checks, List.of());
    }

    public HealthPolicy withFiles(List<HealthRuleText> other) {
        return new HealthPolicy(addresses, checks, other);
    }
}

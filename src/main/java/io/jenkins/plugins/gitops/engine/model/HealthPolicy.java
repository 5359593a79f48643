package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * How the health of an application's objects is told (SEMANTICS 9).
 *
 * @param addresses whether an Ingress and a Service of type LoadBalancer are Progressing until they have an address; off
 *     where nothing hands addresses out
 * @param checks the application's own rules, the first that matches an object's kind decides
 */
public record HealthPolicy(boolean addresses, List<HealthCheck> checks) implements Serializable {
    public static final HealthPolicy DEFAULT = new HealthPolicy(true, List.of());

    public HealthPolicy {
        checks = List.copyOf(checks);
    }
}

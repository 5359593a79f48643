package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** Service of type LoadBalancer, and Ingress: well when somebody gave it an address. */
final class AddressHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        boolean needsAddress = !live.groupKind().is("", "Service")
                || live.spec().path("type").asText().equals("LoadBalancer");
        boolean hasAddress = !live.status().path("loadBalancer").path("ingress").isEmpty();
        return !needsAddress || hasAddress
                ? Health.healthy("")
                : Health.progressing("no address yet: status.loadBalancer.ingress is empty");
    }
}

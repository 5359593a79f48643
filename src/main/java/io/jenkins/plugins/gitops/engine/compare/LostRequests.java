package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells a request that got lost from a cluster that is gone. One is told of its object, and the others go on; many are the
 * cluster's, and end the comparison.
 */
final class LostRequests {
    private static final int CLUSTER_IS_GONE = 20;

    private final AtomicInteger lost = new AtomicInteger();

    /** @throws ClusterException the given one, when too many got lost */
    ApiStatus count(ClusterException e) {
        if (lost.incrementAndGet() >= CLUSTER_IS_GONE) {
            throw e;
        }
        return ApiStatus.none(e.getMessage());
    }
}

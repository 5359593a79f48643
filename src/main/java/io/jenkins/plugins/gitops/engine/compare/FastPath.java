package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.Schemas;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says without a dry run of which objects an apply would change nothing, neither content nor ownership (SEMANTICS 4). It is
 * silent about all others, also where it merely is not certain.
 */
final class FastPath {
    /** So many objects of one group and version are worth the request for its schemas. */
    private static final int WORTH_LEARNING = 20;

    private final Schemas schemas;
    private final Set<String> worthLearning;

    private FastPath(Schemas schemas, Set<String> worthLearning) {
        this.schemas = schemas;
        this.worthLearning = worthLearning;
    }

    /** For the comparison of these objects. */
    static FastPath of(Schemas schemas, List<DesiredObject> desired) {
        return new FastPath(
                schemas,
                desired.stream()
                        .flatMap(object -> object.resource().stream())
                        .collect(Collectors.groupingBy(ApiResource::apiVersion, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .filter(version -> version.getValue() >= WORTH_LEARNING)
                        .map(version -> version.getKey())
                        .collect(Collectors.toSet()));
    }

    /**
     * Whether it is certain that applying the desired object would leave the live one as it is.
     *
     * @throws ClusterException when the cluster does not answer
     */
    boolean isSettled(ApiResource resource, ObjectNode desired, ObjectNode live) {
        return AppliedFields.of(live, path -> isAtomicMap(resource, path)).areExactly(desired);
    }

    private boolean isAtomicMap(ApiResource resource, FieldPath path) {
        if (worthLearning.contains(resource.apiVersion())) {
            schemas.learn(resource);
        }
        return schemas.isAtomicMap(resource, path);
    }
}

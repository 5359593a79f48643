package io.jenkins.plugins.gitops.engine.render.substitute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import java.util.Optional;

/** The ConfigMaps and Secrets of the destination that hold values of variables. */
@FunctionalInterface
public interface ValueObjects {
    /** Where no cluster is asked. */
    ValueObjects UNREACHABLE = from -> {
        throw new InvalidInputException(
                "substitute.from", from + " is in the cluster, and no cluster is asked here; see --with-cluster");
    };

    /** @return empty when the cluster has none of this name */
    Optional<ObjectNode> find(ValuesFrom from);
}

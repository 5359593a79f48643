package io.jenkins.plugins.gitops.engine.yaml;

import java.util.List;

/**
 * Where a node and its children were written, in the order of the children. A mapping's value is at its key; a list's item
 * and a document are at their first key, else at their first character.
 */
record Place(Position position, List<Place> children) {
    Place at(Position other) {
        return new Place(other, children);
    }
}

package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;

/**
 * An object as it stands in a file, while it is checked and completed.
 *
 * @param content as in the document, or an edited copy of it; never modified in place, for the positions follow its order
 * @param pointer to the object in the document; not empty for an item of a List
 */
record Written(ObjectNode content, YamlDocument document, String pointer) {
    Problem problem(String pointerInside, String what) {
        return document.problem(pointer + pointerInside, what);
    }

    Origin origin() {
        return document.origin(pointer);
    }

    Manifest manifest() {
        return new Manifest(content, origin());
    }

    GroupKind groupKind() {
        return manifest().groupKind();
    }

    Written withContent(ObjectNode other) {
        return new Written(other, document, pointer);
    }

    /** A key as a step of a JSON pointer. */
    static String step(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }
}

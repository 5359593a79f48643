package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.Optional;

/**
 * An object as it stands in a file or in a tool's output, while it is checked and completed.
 *
 * @param content as in the document, or an edited copy of it; never modified in place, for the positions follow its order
 * @param pointer to the object in the document; not empty for an item of a List
 * @param hidden secret texts in it
 */
record Written(ObjectNode content, Place place, String pointer, HiddenTexts hidden) {
    Written(ObjectNode content, Place place, String pointer) {
        this(content, place, pointer, HiddenTexts.NONE);
    }

    /** Where a document is, and so where its problems are. */
    interface Place {
        /** The file in which the document stands as it is; empty for what a tool made. */
        Optional<String> file();

        Origin origin(String pointer);

        Problem problem(String pointer, String what);
    }

    Problem problem(String pointerInside, String what) {
        return place.problem(pointer + pointerInside, what);
    }

    Origin origin() {
        return place.origin(pointer);
    }

    Manifest manifest() {
        return new Manifest(content, origin(), hidden);
    }

    GroupKind groupKind() {
        return manifest().groupKind();
    }

    Written withContent(ObjectNode other) {
        return new Written(other, place, pointer, hidden);
    }

    Written hiding(HiddenTexts more) {
        return new Written(content, place, pointer, hidden.and(more));
    }

    /** A key as a step of a JSON pointer. */
    static String step(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }
}

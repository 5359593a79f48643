package io.jenkins.plugins.gitops.engine.render.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Origin;
import java.util.List;

/**
 * What a tool made of a source, not yet checked or completed.
 *
 * @param warnings what a person should know although the tool was content
 */
public record Built(List<Document> documents, List<String> warnings) {
    public Built {
        documents = List.copyOf(documents);
        warnings = List.copyOf(warnings);
    }

    /**
     * One document of the output.
     *
     * @param origin the file that it was made from; line 0 where nobody knows the line
     */
    public record Document(ObjectNode content, Origin origin) {}
}

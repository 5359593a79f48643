package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import java.util.Optional;

/** A document that a person wrote: every field has its line. */
record FilePlace(YamlDocument document) implements Written.Place {
    @Override
    public Optional<String> file() {
        return Optional.of(document.file());
    }

    @Override
    public Origin origin(String pointer) {
        return document.origin(pointer);
    }

    @Override
    public Problem problem(String pointer, String what) {
        return document.problem(pointer, what);
    }
}

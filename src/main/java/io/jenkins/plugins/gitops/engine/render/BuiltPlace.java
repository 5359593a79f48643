package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.Optional;

/** A document that a tool made: no line of the output helps anybody, so the file that it was made from is told. */
record BuiltPlace(Origin origin) implements Written.Place {
    @Override
    public Optional<String> file() {
        return Optional.empty();
    }

    @Override
    public Origin origin(String pointer) {
        return origin;
    }

    @Override
    public Problem problem(String pointer, String what) {
        return Problem.at(origin, what);
    }
}

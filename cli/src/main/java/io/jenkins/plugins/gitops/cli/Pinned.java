package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.DamagedException;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a pinned application is held at. */
record Pinned(Pin pin, Rendered wanted) {
    /**
     * @param known what was read before; not read again while the pin is the same
     * @return empty when the application follows Git
     * @throws InvalidInputException when the pinned objects can no longer be read
     */
    static Optional<Pinned> of(History history, Application application, Optional<Pinned> known) throws IOException {
        try {
            Optional<Pin> pin = history.pin();
            if (pin.equals(known.map(Pinned::pin))) {
                return known;
            }
            if (pin.isEmpty()) {
                return Optional.empty();
            }
            String warning = application.name() + " is pinned to attempt "
                    + pin.get().attempt() + " by " + pin.get().by() + ": compared with that, not with Git";
            return Optional.of(
                    new Pinned(pin.get(), new Rendered(history.wanted(pin.get().set()), List.of(warning))));
        } catch (DamagedException e) {
            throw new InvalidInputException(
                    application.name(),
                    "is pinned, but what it is held at cannot be read: " + e.getMessage()
                            + ". Un-pin it, or restore the file from a backup");
        }
    }

    /** Where it is held, by whom and why. */
    String spoken() {
        return "attempt " + pin.attempt() + " by " + pin.by() + (pin.reason().isEmpty() ? "" : ": " + pin.reason());
    }

    String revision() {
        return pin.revision();
    }
}

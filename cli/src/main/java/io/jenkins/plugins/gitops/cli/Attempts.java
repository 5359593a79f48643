package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.DamagedException;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** An application's attempts as a person names them. */
record Attempts(History history, String application) {
    Attempt get(int id) throws IOException {
        return history.attempt(id).orElseThrow(() -> unknown("there is no attempt " + id));
    }

    /** What to go back to: a sync that succeeded. */
    Attempt restorable(int id) throws IOException {
        Attempt attempt = get(id);
        if (!attempt.isRestorable()) {
            throw unknown("attempt " + id + " is a " + attempt.kind() + " that ended as " + attempt.result()
                    + ", not a sync of the whole application that succeeded");
        }
        return attempt;
    }

    Attempt lastSynced() throws IOException {
        return history.lastSynced()
                .orElseThrow(() -> new InvalidInputException(
                        "history of " + application, "no sync of it has succeeded on this machine yet"));
    }

    List<Manifest> wanted(Attempt attempt) throws IOException {
        try {
            return history.wanted(attempt);
        } catch (DamagedException e) {
            throw new InvalidInputException("attempt " + attempt.id(), e.getMessage());
        }
    }

    private InvalidInputException unknown(String what) {
        try {
            String some = history.attempts()
                    .filter(Attempt::isRestorable)
                    .limit(10)
                    .map(attempt -> Integer.toString(attempt.id()))
                    .collect(Collectors.joining(", "));
            return new InvalidInputException(
                    "history of " + application,
                    what + (some.isEmpty() ? "; no sync has succeeded yet" : "; syncs that succeeded: " + some));
        } catch (IOException e) {
            return new InvalidInputException("history of " + application, what);
        }
    }
}

package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.Source;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks Git, at the cost of one {@code ls-remote}, whether it has another revision by now than the one that is synced. A folder
 * that is used as it is has none; and a Git server that does not answer has none that could be synced.
 */
record NewerRevision(Sources sources, Source source, String revision) implements Supplier<Optional<String>> {
    @Override
    public Optional<String> get() {
        if (sources.isUsedAsItIs(source)) {
            return Optional.empty();
        }
        try {
            return Optional.of(sources.currentRevision(source)).filter(now -> !now.equals(revision));
        } catch (GitOpsException e) {
            return Optional.empty();
        }
    }
}

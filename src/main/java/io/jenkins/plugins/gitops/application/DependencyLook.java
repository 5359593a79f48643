package io.jenkins.plugins.gitops.application;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Looks at what one queued sync waits for, now and then, in a thread of its own. Any thread may ask what was seen. */
final class DependencyLook {
    private static final Logger LOGGER = Logger.getLogger(DependencyLook.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** After that long, what was ready is looked at anew. */
    private static final Duration HOLDS = Duration.ofMinutes(5);

    private final GitOpsApplication application;
    private final Instant begin = Instant.now();
    private final List<DependencyStanding> dependencies = new ArrayList<>();
    private Optional<String> missing = Optional.of(Messages.DependencyLook_Looking());
    private boolean looking;
    private Instant next = Instant.EPOCH;

    DependencyLook(GitOpsApplication application) {
        this.application = application;
        for (String name : application.getDependencies()) {
            GitOpsApplication dependency = Jenkins.get().getItemByFullName(name, GitOpsApplication.class);
            if (dependency != null) {
                dependencies.add(new DependencyStanding(dependency, application.getFullName(), begin));
            }
        }
    }

    /** Empty when all are ready. */
    synchronized Optional<String> missing() {
        return missing;
    }

    synchronized boolean isOutdated() {
        return missing.isEmpty() && Instant.now().isAfter(begin.plus(HOLDS));
    }

    synchronized void refresh(Executor executor) {
        if (looking || missing.isEmpty() || Instant.now().isBefore(next)) {
            return;
        }
        looking = true;
        executor.execute(this::look);
    }

    private void look() {
        Optional<String> seen = Optional.of(Messages.DependencyLook_Looking());
        try {
            // What can never be is told by the build, so that somebody sees it.
            seen = new DependencyRules(application).problem().isPresent() ? Optional.empty() : see();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot look at what " + application.getFullName() + " depends on");
            seen = Optional.of(Messages.DependencyLook_Failed(e.toString()));
        } finally {
            seen(seen);
        }
        if (seen.isEmpty()) {
            Jenkins.get().getQueue().scheduleMaintenance();
        }
    }

    private Optional<String> see() {
        String words = dependencies.stream()
                .flatMap(dependency -> dependency.missing().stream())
                .collect(Collectors.joining("; "));
        return Optional.of(words).filter(text -> !text.isEmpty());
    }

    private synchronized void seen(Optional<String> now) {
        missing = now;
        looking = false;
        next = Instant.now().plus(PAUSE);
    }
}

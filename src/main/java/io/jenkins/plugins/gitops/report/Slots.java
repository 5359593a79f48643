package io.jenkins.plugins.gitops.report;

import hudson.model.Run;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Places for the reports of one build. A build of an application has one; a pipeline may reconcile several applications, and
 * each gets its own, from 1, whose documents replace each other.
 */
final class Slots {
    private Slots() {}

    /**
     * Where the application's reports are, or are to be put.
     *
     * @param application empty when no document says it
     */
    static int of(Run<?, ?> run, String application) {
        if (run instanceof GitOpsRun) {
            return 1;
        }
        return taken(run)
                .filter(place -> place.application().equals(application))
                .findFirst()
                .map(Place::slot)
                .orElseGet(() -> taken(run).mapToInt(Place::slot).max().orElse(0) + 1);
    }

    static String url(String name, int slot) {
        return slot == 1 ? name : name + "-" + slot;
    }

    /** The first one needs no name: most builds have no other. */
    static String title(String title, int slot, String application) {
        if (slot == 1) {
            return title;
        }
        return application.isEmpty() ? title + " " + slot : Messages.Slots_Title(title, application);
    }

    private static Stream<Place> taken(Run<?, ?> run) {
        return run.getActions().stream().map(Slots::place).flatMap(Optional::stream);
    }

    private static Optional<Place> place(Object action) {
        return action instanceof ReportAction report
                ? Optional.of(new Place(report.slot(), report.getApplication()))
                : Optional.empty();
    }

    private record Place(int slot, String application) {}
}

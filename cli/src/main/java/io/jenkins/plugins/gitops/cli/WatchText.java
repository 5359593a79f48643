package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An event of a watch as one line. */
final class WatchText {
    private static final int MOST = 5;

    private final Style style;

    WatchText(Style style) {
        this.style = style;
    }

    String line(WatchEvent event) {
        String kind = String.format("%-10s", event.event());
        String coloured =
                switch (event.event()) {
                    case inSync, synced, healed, recovered -> style.green(kind);
                    case drift, commit, blocked, pinned, unpinned -> style.yellow(kind);
                    case unknown, syncFailed, fight, failure -> style.red(kind);
                    case started, stopped -> style.dim(kind);
                };
        String revision = event.revision().isEmpty() ? "" : Revisions.shortened(event.revision()) + "  ";
        return style.dim(event.time().truncatedTo(ChronoUnit.SECONDS).toString()) + "  " + coloured + "  " + revision
                + details(event).replaceAll("\\s*\\R\\s*", "; ");
    }

    private static String details(WatchEvent event) {
        List<String> parts = new ArrayList<>();
        if (!event.message().isEmpty()) {
            parts.add(event.message());
        }
        if (event.report() instanceof DriftReport drift) {
            parts.add(limited(drift.objects().stream()
                    .filter(object -> object.verdict() != Verdict.InSync)
                    .map(WatchText::spoken)
                    .toList()));
        } else if (event.report() instanceof SyncReport sync) {
            parts.add(limited(sync.objects().stream()
                    .filter(object -> object.action() != ObjectSync.Action.unchanged)
                    .map(object -> object.key() + " " + object.action())
                    .toList()));
        }
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }

    private static String spoken(ObjectDrift object) {
        String fields = object.fields().stream()
                .map(WatchText::spoken)
                .limit(3)
                .collect(Collectors.joining(", ", " (", object.fields().size() > 3 ? ", ...)" : ")"));
        String message = object.verdict() == Verdict.Unknown ? ": " + object.message() : "";
        return object.key() + " " + object.verdict() + (object.fields().isEmpty() ? message : fields);
    }

    private static String spoken(FieldDrift field) {
        return field.path() + (field.manager() == null ? "" : " by " + field.manager());
    }

    private static String limited(List<String> parts) {
        String more = parts.size() > MOST ? " and " + (parts.size() - MOST) + " more" : "";
        return String.join("; ", parts.subList(0, Math.min(MOST, parts.size()))) + more;
    }
}

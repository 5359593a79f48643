package io.jenkins.plugins.gitops.engine.window;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.model.SyncWindow.Kind;
import io.jenkins.plugins.gitops.engine.model.SyncWindow.Opening;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.WindowsReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sync windows of one application, in the order in which they were declared. */
public final class SyncWindows {
    /** A window that opens every minute changes its mind 2,000 times in a day and a half. */
    private static final int MOST_CHANGES = 2_000;

    private final String application;
    private final List<SyncWindow> windows;

    private SyncWindows(String application, List<SyncWindow> windows) {
        this.application = application;
        this.windows = windows;
    }

    /** Those of its policy that match it. */
    public static SyncWindows of(Application application) {
        return new SyncWindows(
                application.name(),
                application.sync().windows().stream()
                        .filter(window -> window.matches(application))
                        .toList());
    }

    public List<SyncWindow> all() {
        return windows;
    }

    /**
     * Whether the application may be synced at a moment: an open deny forbids it, unless every open deny lets manual syncs through;
     * else an open allow allows it; else any allow forbids it, unless all of them let manual syncs through; else it is
     * allowed.
     */
    public Admission at(Instant now) {
        List<SyncWindow> denying =
                of(Kind.deny).filter(window -> window.open(now).isPresent()).toList();
        if (!denying.isEmpty()) {
            return blocked(denying, now);
        }
        List<SyncWindow> allowing = of(Kind.allow).toList();
        List<SyncWindow> open =
                allowing.stream().filter(window -> window.open(now).isPresent()).toList();
        if (!open.isEmpty() || allowing.isEmpty()) {
            return new Admission(application, now, Admission.Who.everySync, open);
        }
        return blocked(allowing, now);
    }

    /**
     * The first moment, this one or a later one, at which a sync may begin.
     *
     * @param manual whether somebody asks for it by hand
     * @return empty when there is none in sight: a deny that never closes, for example
     */
    public Optional<Instant> opening(Instant now, boolean manual) {
        Optional<Instant> time = Optional.of(now);
        for (int i = 0; i < MOST_CHANGES && time.isPresent(); i++) {
            if (at(time.get()).allows(manual)) {
                return time;
            }
            time = change(time.get());
        }
        return Optional.empty();
    }

    /**
     * What is said to whoever wants to sync now and may not.
     *
     * @param manual whether somebody asks for it by hand
     * @return empty when it may be done
     */
    public Optional<String> refusal(Instant now, boolean manual) {
        Admission admission = at(now);
        return admission.allows(manual)
                ? Optional.empty()
                : Optional.of(admission.why() + ". "
                        + opening(now, manual)
                                .map(opening -> "A sync may begin at " + local(opening))
                                .orElse("No moment is in sight at which a sync may begin"));
    }

    /** For people and programs. */
    public WindowsReport report(Instant now) {
        return new WindowsReport(
                DriftReport.SCHEMA_VERSION,
                application,
                now,
                at(now).why(),
                opening(now, false).orElse(null),
                opening(now, true).orElse(null),
                windows.stream().map(window -> described(window, now)).toList());
    }

    /** By the clock of the windows; of the first one's place when they have several. */
    private String local(Instant time) {
        ZoneId zone = windows.stream().map(SyncWindow::timeZone).findFirst().orElse(ZoneOffset.UTC);
        return time.atZone(zone).toOffsetDateTime().toString();
    }

    private static WindowsReport.Window described(SyncWindow window, Instant now) {
        Optional<Opening> open = window.open(now);
        Optional<Opening> shown = open.or(() -> window.next(now));
        return new WindowsReport.Window(
                window.kind(),
                window.schedule().toString(),
                GoDuration.text(window.duration()),
                window.timeZone().getId(),
                window.manualSync(),
                open.isPresent(),
                shown.map(Opening::start).orElse(null),
                shown.map(Opening::end).orElse(null));
    }

    /** The next moment at which one of them opens or closes. */
    private Optional<Instant> change(Instant now) {
        return windows.stream()
                .flatMap(window -> Stream.concat(
                        window.open(now).map(Opening::end).stream(), window.next(now).map(Opening::start).stream()))
                .min(Comparator.naturalOrder());
    }

    private Admission blocked(List<SyncWindow> by, Instant now) {
        boolean manual = by.stream().allMatch(SyncWindow::manualSync);
        return new Admission(application, now, manual ? Admission.Who.manualSync : Admission.Who.nobody, by);
    }

    private Stream<SyncWindow> of(Kind kind) {
        return windows.stream().filter(window -> window.kind() == kind);
    }
}

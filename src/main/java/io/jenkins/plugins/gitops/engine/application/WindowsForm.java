package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.CronSchedule;
import io.jenkins.plugins.gitops.engine.model.NearestName;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sync windows, as a list of mappings. A wrong one is a problem of the file: it must block, and never be as if it were not there. */
final class WindowsForm {
    private static final String DEFAULT_ZONE = "UTC";

    private WindowsForm() {}

    static List<SyncWindow> read(Block parent, String field) {
        List<SyncWindow> windows = new ArrayList<>();
        for (Block window : parent.blocks(field)) {
            window(window).ifPresent(windows::add);
            window.finish();
        }
        return windows;
    }

    private static Optional<SyncWindow> window(Block block) {
        Optional<SyncWindow.Kind> kind = kind(block);
        Optional<CronSchedule> schedule = schedule(block);
        block.required("duration", "how long it is open, such as 8h");
        Duration duration = block.duration("duration", Duration.ofHours(1));
        Optional<ZoneId> zone = zone(block);
        boolean manual = block.flag("manualSync", false);
        List<String> applications = block.texts("applications");
        List<String> namespaces = block.texts("namespaces");
        List<String> clusters = block.texts("clusters");
        if (kind.isEmpty() || schedule.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SyncWindow(
                kind.get(), schedule.get(), duration, zone.get(), manual, applications, namespaces, clusters));
    }

    /** Without a default: a window of the wrong kind does the opposite. */
    private static Optional<SyncWindow.Kind> kind(Block block) {
        String text = block.required("kind", "allow or deny");
        boolean isKnown = List.of(SyncWindow.Kind.values()).stream()
                .anyMatch(kind -> kind.name().equals(text));
        if (!isKnown && !text.isEmpty()) {
            block.report("kind", block.path("kind") + " must be allow or deny, but is \"" + text + "\"");
        }
        return isKnown ? Optional.of(SyncWindow.Kind.valueOf(text)) : Optional.empty();
    }

    private static Optional<CronSchedule> schedule(Block block) {
        String text = block.required("schedule", "when it begins, such as \"0 22 * * 1-5\"");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CronSchedule.parse(text));
        } catch (IllegalArgumentException e) {
            block.report("schedule", block.path("schedule") + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(Block block) {
        String text = block.text("timeZone").orElse(DEFAULT_ZONE);
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            return Optional.of(ZoneId.of(text));
        }
        String nearest = NearestName.of(text, ZoneId.getAvailableZoneIds())
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse(", such as Europe/Berlin");
        block.report("timeZone", block.path("timeZone") + ": \"" + text + "\" is no time zone of IANA" + nearest);
        return Optional.empty();
    }
}

package io.jenkins.plugins.gitops.engine.window;

import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether an application may be synced at a moment, and which of its windows say so.
 *
 * @param deciding what forbids or allows it; empty when no window has a say
 */
public record Admission(String application, Instant time, Who who, List<SyncWindow> deciding) {
    /** Which syncs may begin. */
    public enum Who {
        everySync,
        /** Only what somebody asks for by hand. */
        manualSync,
        nobody
    }

    public Admission {
        deciding = List.copyOf(deciding);
    }

    /** @param manual whether somebody asks for it by hand */
    public boolean allows(boolean manual) {
        return who == Who.everySync || manual && who == Who.manualSync;
    }

    /** One sentence for whoever is turned away, with the end of what forbids it in the window's own time. */
    public String why() {
        String windows = deciding.stream().map(this::spoken).collect(Collectors.joining("; "));
        return who == Who.everySync
                ? application + " may be synced" + (windows.isEmpty() ? "" : ": " + windows)
                : application + " may not be synced now" + (who == Who.manualSync ? " but by hand: " : ": ") + windows;
    }

    private String spoken(SyncWindow window) {
        return "window \"" + window + "\" is "
                + window.open(time)
                        .map(opening -> "open until " + local(opening.end(), window))
                        .orElseGet(() -> "closed"
                                + window.next(time)
                                        .map(opening -> " until " + local(opening.start(), window))
                                        .orElse(""));
    }

    private static String local(Instant instant, SyncWindow window) {
        return instant.atZone(window.timeZone()).toOffsetDateTime().toString();
    }
}

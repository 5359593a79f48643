package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The sync windows of Argo CD's projects, which become those of each application that they are for: here nothing stands above it. */
final class ArgoWindows {
    private final ForeignObjects objects;
    private final Findings findings;
    private final Set<ForeignObject> asked = new HashSet<>();

    ArgoWindows(ForeignObjects objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
    }

    /**
     * Where an application is, as windows choose by it.
     *
     * @param clusters the server and the name of its cluster, as far as they are said
     */
    record Place(String application, String namespace, List<String> clusters) {}

    /** Of {@code sync.windows}; none when the project is not in the input. */
    List<Form> of(String project, Place place) {
        List<Form> windows = new ArrayList<>();
        for (ForeignObject object : objects.named(ArgoApplication.GROUP, "AppProject", project)) {
            asked.add(object);
            Fields root = Fields.of(object, findings);
            for (Fields window : root.block("spec").blocks("syncWindows")) {
                window(window, place).ifPresent(windows::add);
            }
        }
        return windows;
    }

    /** Whether an application of the project is in the input, so that its windows are in that one's file. */
    boolean isAsked(ForeignObject project) {
        return asked.contains(project);
    }

    private static Optional<Form> window(Fields window, Place place) {
        boolean matches = matches(window, place);
        Form form = new Form()
                .text("kind", window.text("kind"))
                .text("schedule", window.text("schedule"))
                .text("duration", window.text("duration"))
                .text("timeZone", window.text("timeZone"))
                .flag("manualSync", window.flag("manualSync"));
        window.pass("syncOverrun");
        if (!window.flag("syncOverrun")) {
            window.noteHere("a sync that has begun is carried out although its window closes meanwhile", "");
        }
        window.note("description", "a window has no description here", "");
        window.finish();
        return matches ? Optional.of(form) : Optional.empty();
    }

    /** Any of the three that are said, or with {@code andOperator} all of them; a window that says none is for nobody. */
    private static boolean matches(Fields window, Place place) {
        List<Boolean> said = new ArrayList<>();
        add(said, window.texts("applications"), List.of(place.application()));
        add(said, window.texts("clusters"), place.clusters());
        add(said, window.texts("namespaces"), List.of(place.namespace()));
        return window.flag("andOperator") ? !said.isEmpty() && !said.contains(false) : said.contains(true);
    }

    private static void add(List<Boolean> said, List<String> globs, List<String> texts) {
        if (!globs.isEmpty()) {
            said.add(globs.stream().anyMatch(glob -> texts.stream().anyMatch(text -> text.matches(regex(glob)))));
        }
    }

    /** {@code *} any text, {@code ?} one character, <code>{a,b}</code> one of several. */
    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.chars()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            case '{' -> "(?:";
                            case '}' -> ")";
                            case ',' -> "|";
                            default -> Character.isLetterOrDigit(c) ? String.valueOf((char) c) : "\\" + (char) c;
                        }));
        return glob.chars().filter(c -> c == '{').count()
                        == glob.chars().filter(c -> c == '}').count()
                ? regex.toString()
                : Pattern.quote(glob);
    }
}

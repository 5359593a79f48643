package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line of a template at which an object begins: helm tells only the file. It is known when one document of the
 * template, and no other, says that it is of this kind.
 */
final class TemplateLines {
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z]*:.*");
    private static final Pattern KIND = Pattern.compile("kind:\\s*[\"']?(\\w+)[\"']?\\s*");

    private final Path chart;
    private final Map<String, List<Start>> files = new HashMap<>();

    /** @param chart the folder that templates are relative to */
    TemplateLines(Path chart) {
        this.chart = chart;
    }

    /** Where a document of a template begins, by what it says its kind is. */
    private record Start(String kind, int document, int line) {}

    Origin origin(String file, String kind) {
        List<Start> ofKind = files.computeIfAbsent(file, this::starts).stream()
                .filter(start -> start.kind().equals(kind))
                .toList();
        return ofKind.size() == 1
                ? new Origin(file, ofKind.get(0).document(), ofKind.get(0).line())
                : new Origin(file, 0, 0);
    }

    private List<Start> starts(String file) {
        List<Start> starts = new ArrayList<>();
        int document = 0;
        int start = 0;
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("---")) {
                document++;
                start = 0;
            } else if (start == 0 && KEY.matcher(line).matches()) {
                start = i + 1;
            }
            Matcher kind = KIND.matcher(line);
            if (kind.matches()) {
                starts.add(new Start(kind.group(1), document, start));
            }
        }
        return starts;
    }

    private List<String> lines(String file) {
        Path path = chart.resolve(file).normalize();
        try {
            return path.startsWith(chart) && Files.isRegularFile(path)
                    ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            // Of a packed chart there is no file; without it only the line is unknown.
            return List.of();
        }
    }
}

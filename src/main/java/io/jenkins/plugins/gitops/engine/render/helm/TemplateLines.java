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

/**
 * Finds the line of a template at which an object begins: helm tells only the file. It is known when one document of the
 * template, and no other, says that it is of this kind.
 */
final class TemplateLines {
    private final Path chart;
    private final Map<String, List<String>> files = new HashMap<>();

    /** @param chart the folder that templates are relative to */
    TemplateLines(Path chart) {
        this.chart = chart;
    }

    Origin origin(String file, String kind) {
        List<Integer> starts = new ArrayList<>();
        int document = 0;
        int found = 0;
        int start = 0;
        List<String> lines = files.computeIfAbsent(file, this::lines);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("---")) {
                document++;
                start = 0;
            } else if (start == 0 && line.matches("[A-Za-z][A-Za-z]*:.*")) {
                start = i + 1;
            }
            if (line.replaceAll("[\"'\\s]", "").equals("kind:" + kind) && line.startsWith("kind:")) {
                starts.add(start);
                found = document;
            }
        }
        return starts.size() == 1 ? new Origin(file, found, starts.get(0)) : new Origin(file, 0, 0);
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

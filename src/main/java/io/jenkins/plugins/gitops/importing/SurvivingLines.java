package io.jenkins.plugins.gitops.importing;

import io.jenkins.plugins.gitops.field.Assignments;
import io.jenkins.plugins.gitops.field.LineList;
import java.util.List;
import java.util.Map;

/** Items as a field of a form holds them, one a line; without those that would not be the same when they are read again. */
final class SurvivingLines {
    private SurvivingLines() {}

    static List<String> of(List<String> items) {
        return items.stream()
                .filter(item -> List.of(item).equals(LineList.read(List.of(item))))
                .toList();
    }

    /** As {@code name=value}. */
    static List<String> of(Map<String, String> assignments) {
        return assignments.entrySet().stream()
                .filter(entry -> {
                    List<String> lines = LineList.read(List.of(entry.getKey() + "=" + entry.getValue()));
                    return lines != null
                            && lines.size() == 1
                            && Assignments.map(lines).equals(Map.of(entry.getKey(), entry.getValue()));
                })
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}

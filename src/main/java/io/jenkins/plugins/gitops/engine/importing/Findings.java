package io.jenkins.plugins.gitops.engine.importing;

import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Collects what is told of the objects, each thing once. */
final class Findings {
    private record Told(ForeignObject object, Level level, String pointer, String why, String toDo) {
        int line() {
            return object.document().position(object.pointer() + pointer).line();
        }
    }

    private final LinkedHashSet<Told> told = new LinkedHashSet<>();

    /** @param pointer a JSON pointer into the object; empty for the whole */
    void unmapped(ForeignObject object, String pointer, String why, String toDo) {
        told.add(new Told(object, Level.unmapped, pointer, why, toDo));
    }

    void note(ForeignObject object, String pointer, String why, String toDo) {
        told.add(new Told(object, Level.note, pointer, why, toDo));
    }

    /** What was told of one object, in the order of its lines. */
    List<Finding> of(ForeignObject object, String application) {
        return told.stream()
                .filter(one -> one.object().equals(object))
                .sorted(Comparator.comparingInt(Told::line))
                .map(one -> new Finding(
                        one.level(),
                        application,
                        object.toString(),
                        object.where(one.pointer()),
                        path(one.pointer()),
                        one.why(),
                        one.toDo()))
                .toList();
    }

    /** {@code /spec/sources/0/helm} as {@code spec.sources[0].helm}. */
    static String path(String pointer) {
        StringBuilder path = new StringBuilder();
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (name.matches("\\d+")) {
                path.append('[').append(name).append(']');
            } else if (name.matches("[A-Za-z0-9_-]+")) {
                path.append(path.isEmpty() ? "" : ".").append(name);
            } else {
                path.append("[\"").append(name).append("\"]");
            }
        }
        return path.toString();
    }
}

package io.jenkins.plugins.gitops.engine.render.helm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What {@code helm template} printed, cut where it names the template that the next lines come from. */
final class HelmOutput {
    private static final String SOURCE = "# Source: ";

    private HelmOutput() {}

    /**
     * The text that one template made of one document; of a file of {@code crds/} the whole file.
     *
     * @param template as helm names it, the chart first: {@code web/templates/service.yaml}
     */
    record Part(String template, String text) {
        /** Relative to the chart. */
        String file() {
            return template.substring(template.indexOf('/') + 1);
        }
    }

    /** A line {@code ---} before {@code # Source: …} can be in no value: values of more lines are indented. */
    static List<Part> parts(byte[] output) {
        List<Part> parts = new ArrayList<>();
        String template = "";
        StringBuilder text = new StringBuilder();
        String[] lines = new String(output, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean begins = lines[i].equals("---") && i + 1 < lines.length && lines[i + 1].startsWith(SOURCE);
            if (!begins) {
                text.append(lines[i]).append('\n');
                continue;
            }
            add(parts, template, text);
            template = lines[i + 1].substring(SOURCE.length()).strip();
            text.setLength(0);
            i++;
        }
        add(parts, template, text);
        return parts;
    }

    private static void add(List<Part> parts, String template, StringBuilder text) {
        if (!text.toString().isBlank()) {
            parts.add(new Part(template, text.toString()));
        }
    }
}

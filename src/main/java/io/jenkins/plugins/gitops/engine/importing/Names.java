package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives every application a name of its own: here they are not told apart by a namespace or a kind. */
final class Names {
    private final Findings findings;
    private final Set<String> taken = new HashSet<>();

    Names(Findings findings) {
        this.findings = findings;
    }

    /** The first of a name keeps it. */
    Map<ForeignObject, String> of(List<Draft> drafts) {
        Map<ForeignObject, String> names = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            names.put(draft.origin(), name(draft));
        }
        return names;
    }

    private String name(Draft draft) {
        if (taken.add(draft.name())) {
            return draft.name();
        }
        String first = draft.origin().namespace().isEmpty()
                ? draft.name() + "-2"
                : draft.origin().namespace() + "-" + draft.name();
        String name = first;
        for (int i = 2; !taken.add(name); i++) {
            name = first + "-" + i;
        }
        findings.note(
                draft.origin(),
                "/metadata/name",
                "another application of the input has this name; this one is called " + name,
                "");
        keepReleaseName(draft);
        return name;
    }

    /** Without a word Helm's release is called as the application. */
    private static void keepReleaseName(Draft draft) {
        for (ObjectNode source : draft.sources()) {
            boolean helm = source.has("chart")
                    || source.has("helm")
                    || source.path("renderer").asText().equals("helm");
            if (helm && !source.path("helm").has("releaseName")) {
                source.withObject("/helm").put("releaseName", draft.name());
            }
        }
    }
}

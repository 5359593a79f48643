package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;

/** Patches as kustomizations have them, and so Argo CD and Flux, and we. */
final class KustomizePatches {
    private static final List<String> TARGET =
            List.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");

    private KustomizePatches() {}

    static List<Form> read(List<Fields> patches) {
        List<Form> forms = new ArrayList<>();
        for (Fields patch : patches) {
            Form form = new Form()
                    .text("path", patch.text("path"))
                    .text("patch", patch.text("patch"))
                    .block("target", target(patch.block("target")))
                    .block("options", options(patch.block("options")));
            patch.finish();
            forms.add(form);
        }
        return forms;
    }

    private static Form target(Fields fields) {
        Form form = new Form();
        TARGET.forEach(field -> form.text(field, fields.text(field)));
        fields.finish();
        return form;
    }

    private static Form options(Fields fields) {
        Form form = new Form();
        for (String field : List.of("allowNameChange", "allowKindChange")) {
            fields.choice(field).ifPresent(value -> form.set(field, BooleanNode.valueOf(value)));
        }
        fields.finish();
        return form;
    }
}

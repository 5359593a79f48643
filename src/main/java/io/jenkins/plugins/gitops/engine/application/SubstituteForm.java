package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.Substitution.Kind;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code spec.substitute}; that it is there, even empty, turns substitution on. */
final class SubstituteForm {
    private SubstituteForm() {}

    static Substitution read(Block spec) {
        boolean enabled = spec.has("substitute");
        Block block = spec.block("substitute");
        Map<String, String> values = block.textsByName("values");
        values.keySet().stream()
                .filter(name -> !Substitution.isName(name))
                .forEach(name -> block.report(
                        "values",
                        "\"" + name + "\" is no name of a variable: letters, digits and \"_\", no digit first"));
        List<ValuesFrom> from = new ArrayList<>();
        for (Block item : block.blocks("from")) {
            String kind = item.required("kind", "ConfigMap or Secret");
            ValuesFrom object = new ValuesFrom(
                    kind.isEmpty() ? Kind.ConfigMap : item.choice("kind", Kind.ConfigMap),
                    item.required("name", "the object's, in the destination's namespace"),
                    item.flag("optional", false));
            item.finish();
            from.add(object);
        }
        block.finish();
        return new Substitution(enabled, values, from);
    }
}

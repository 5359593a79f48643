package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules about fields that are no drift, of a Kustomization ({@code ignore}) and of a HelmRelease ({@code driftDetection.ignore}). */
final class FluxIgnore {
    private FluxIgnore() {}

    /** Rules of {@code compare.ignore}. */
    static List<Form> read(List<Fields> rules) {
        List<Form> forms = new ArrayList<>();
        for (Fields rule : rules) {
            forms.addAll(rule(rule));
        }
        return forms;
    }

    private static List<Form> rule(Fields rule) {
        List<String> pointers = new ArrayList<>();
        List<String> paths = rule.texts("paths");
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).isEmpty()) {
                rule.unmapped(
                        "paths",
                        i,
                        "a whole object is not ignored by a rule",
                        "take it out of Git, or name the fields that others may change");
            } else {
                pointers.add(paths.get(i));
            }
        }
        Fields target = rule.block("target");
        Optional<List<Form>> targets = targets(target);
        target.finish();
        rule.finish();
        if (targets.isEmpty() || pointers.isEmpty()) {
            return List.of();
        }
        targets.get().forEach(form -> form.texts("jsonPointers", pointers));
        return targets.get();
    }

    /** One rule for each combination of alternatives; none when the target says what a rule of ours cannot. */
    private static Optional<List<Form>> targets(Fields target) {
        boolean whole = true;
        for (String selector : List.of("labelSelector", "annotationSelector")) {
            target.unmapped(
                    selector,
                    "objects are chosen by kind, name and namespace; the rule is left out, for it would be too wide",
                    "write a rule for the objects' names into compare.ignore");
            whole &= !target.has(selector);
        }
        target.note("version", "a rule is for all versions of a kind", "");
        List<Form> forms = new ArrayList<>(List.of(new Form()));
        for (String field : List.of("group", "kind", "namespace", "name")) {
            Optional<String> pattern = target.text(field);
            if (pattern.isEmpty()) {
                continue;
            }
            List<String> globs = RegexGlobs.of(pattern.get());
            if (globs.isEmpty()) {
                target.unmapped(
                        field,
                        "this regular expression is no glob; the rule is left out",
                        "write rules with globs (* and ?) into compare.ignore");
                whole = false;
            }
            forms = forms.stream()
                    .flatMap(form ->
                            globs.stream().map(glob -> new Form().setAll(form).text(field, glob)))
                    .toList();
        }
        return whole ? Optional.of(forms) : Optional.empty();
    }
}

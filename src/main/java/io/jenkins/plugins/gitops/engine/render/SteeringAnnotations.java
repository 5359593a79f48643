package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.HookAnnotations;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks the annotations by which an object steers its own sync (SEMANTICS 4 to 7). What is not implemented is refused, so
 * that nobody relies on a word that has no effect; an option that nobody knows is a warning.
 */
final class SteeringAnnotations {
    private static final String OPTIONS = "sync-options";
    private static final String COMPARE = "compare-options";
    private static final String WAVE = "sync-wave";

    private final Consumer<Problem> problems;
    private final Consumer<Problem> warnings;

    SteeringAnnotations(Consumer<Problem> problems, Consumer<Problem> warnings) {
        this.problems = problems;
        this.warnings = warnings;
    }

    void check(Written object) {
        checkHook(object);
        checkCompareOptions(object, winner(object, COMPARE));
        checkWave(object, winner(object, WAVE));
        checkOptions(object, winner(object, OPTIONS));
    }

    private void checkHook(Written object) {
        Optional<Hook> hook = Hook.read(object.content(), new HookAnnotations.Complaints() {
            @Override
            public void wrong(String annotation, String what) {
                problems.accept(object.problem(pointer(annotation), what));
            }

            @Override
            public void odd(String annotation, String what) {
                warnings.accept(object.problem(pointer(annotation), what));
            }
        });
        String weight = value(object, HookAnnotations.HELM_WEIGHT);
        if (hook.isPresent() && weight != null && !isWhole(weight.trim())) {
            problems.accept(object.problem(
                    pointer(HookAnnotations.HELM_WEIGHT),
                    HookAnnotations.HELM_WEIGHT + " must be a whole number such as \"-5\", but is \"" + weight + "\""));
        }
    }

    private void checkCompareOptions(Written object, String annotation) {
        for (String written : value(object, annotation, "").split(",")) {
            String option = written.trim();
            if (!option.isEmpty() && !option.equals("IgnoreExtraneous")) {
                problems.accept(object.problem(
                        pointer(annotation), "the compare option \"" + option + "\" is not supported yet; remove it"));
            }
        }
    }

    private void checkWave(Written object, String annotation) {
        String wave = value(object, annotation);
        if (wave != null && !isWhole(wave.trim())) {
            problems.accept(object.problem(
                    pointer(annotation),
                    annotation + " must be a whole number such as \"-1\", but is \"" + wave + "\""));
        }
    }

    private void checkOptions(Written object, String annotation) {
        ObjectOptions.of(List.of(value(object, annotation, "").split(",")))
                .unknown()
                .forEach(unknown -> warnings.accept(object.problem(pointer(annotation), unknown)));
    }

    private static boolean isWhole(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The annotation that counts: ours, else Argo CD's. */
    private static String winner(Written object, String name) {
        return value(object, Annotations.OWN + name) != null ? Annotations.OWN + name : Annotations.ARGO + name;
    }

    private static String value(Written object, String annotation, String otherwise) {
        String value = value(object, annotation);
        return value == null ? otherwise : value;
    }

    private static String value(Written object, String annotation) {
        return object.content()
                .path("metadata")
                .path("annotations")
                .path(annotation)
                .textValue();
    }

    private static String pointer(String annotation) {
        return "/metadata/annotations" + Written.step(annotation);
    }
}

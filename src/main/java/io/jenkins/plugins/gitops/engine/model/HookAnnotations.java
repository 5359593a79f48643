package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Hook.DeletePolicy;
import io.jenkins.plugins.gitops.engine.model.Hook.Occasion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the annotations that make a hook: ours, else Argo CD's, else Helm's (SEMANTICS 6). */
public final class HookAnnotations {
    public static final String HELM_HOOK = "helm.sh/hook";
    public static final String HELM_WEIGHT = "helm.sh/hook-weight";
    private static final String HELM_POLICY = "helm.sh/hook-delete-policy";
    private static final String HOOK = "hook";
    private static final String POLICY = "hook-delete-policy";
    private static final String TIMEOUT = Annotations.OWN + "hook-timeout";
    private static final String SKIP = "Skip";
    private static final List<String> WORDS =
            List.of("PreSync", "Sync", "PostSync", "SyncFail", "PreDelete", "PostDelete");

    /** Helm's words for phases; in the others, such as test, no sync does anything. */
    private static final Map<String, Phase> HELM_PHASES = Map.of(
            "pre-install", Phase.PreSync,
            "pre-upgrade", Phase.PreSync,
            "post-install", Phase.PostSync,
            "post-upgrade", Phase.PostSync,
            "pre-delete", Phase.PreDelete,
            "post-delete", Phase.PostDelete);

    private static final Set<String> HELM_OTHERS =
            Set.of("test", "test-success", "test-failure", "pre-rollback", "post-rollback");
    private static final String HELM_DEFINITION = "crd-install";

    private static final Map<String, DeletePolicy> HELM_POLICIES = Map.of(
            "before-hook-creation", DeletePolicy.BeforeHookCreation,
            "hook-succeeded", DeletePolicy.HookSucceeded,
            "hook-failed", DeletePolicy.HookFailed);

    private final JsonNode annotations;

    /** Hears of words that nobody knows. */
    public interface Complaints {
        Complaints NONE = new Complaints() {
            @Override
            public void wrong(String annotation, String what) {
                // Whoever reads what was checked before does not want to hear it again.
            }

            @Override
            public void odd(String annotation, String what) {
                // As above.
            }
        };

        /** Of ours and Argo CD's: the object must not be synced like this. */
        void wrong(String annotation, String what);

        /** Of Helm's, which ignores it too. */
        void odd(String annotation, String what);
    }

    HookAnnotations(JsonNode object) {
        this.annotations = object.path("metadata").path("annotations");
    }

    Optional<Hook> read(Complaints complaints) {
        Optional<String> named = winner(HOOK);
        if (named.isPresent()) {
            Map<Phase, Occasion> phases = phases(named.get(), complaints);
            return Optional.of(new Hook(phases, policies(complaints), timeout(complaints)));
        }
        if (!annotations.has(HELM_HOOK) || words(HELM_HOOK).anyMatch(HELM_DEFINITION::equals)) {
            return Optional.empty();
        }
        return Optional.of(new Hook(helmPhases(complaints), policies(complaints), timeout(complaints)));
    }

    private Map<Phase, Occasion> phases(String annotation, Complaints complaints) {
        Map<Phase, Occasion> phases = new EnumMap<>(Phase.class);
        List<String> words = words(annotation).toList();
        if (words.isEmpty()) {
            complaints.wrong(annotation, annotation + " names no phase; write one of " + String.join(", ", WORDS));
        }
        for (String word : words) {
            if (WORDS.contains(word)) {
                phases.put(Phase.valueOf(word), Occasion.always);
            } else if (!word.equals(SKIP)) {
                String nearest = NearestName.of(word, WORDS)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                complaints.wrong(
                        annotation,
                        annotation + " has the unknown word \"" + word + "\"" + nearest + " Known: "
                                + String.join(", ", WORDS) + ", " + SKIP);
            }
        }
        if (words.contains(SKIP) && words.size() > 1) {
            complaints.wrong(annotation, annotation + ": " + SKIP + " stands alone, without any phase");
        }
        return words.contains(SKIP) ? Map.of() : phases;
    }

    private Map<Phase, Occasion> helmPhases(Complaints complaints) {
        Map<Phase, Occasion> phases = new EnumMap<>(Phase.class);
        words(HELM_HOOK).forEach(word -> {
            Phase phase = HELM_PHASES.get(word);
            if (phase != null) {
                phases.merge(phase, occasion(word), (one, other) -> one == other ? one : Occasion.always);
            } else if (!HELM_OTHERS.contains(word)) {
                complaints.odd(HELM_HOOK, "Helm knows no hook \"" + word + "\"; it has no effect");
            }
        });
        return phases;
    }

    private static Occasion occasion(String helmWord) {
        if (helmWord.endsWith("-install")) {
            return Occasion.firstSync;
        }
        return helmWord.endsWith("-upgrade") ? Occasion.laterSyncs : Occasion.always;
    }

    private Set<DeletePolicy> policies(Complaints complaints) {
        EnumSet<DeletePolicy> policies = EnumSet.noneOf(DeletePolicy.class);
        Optional<String> named = winner(POLICY);
        if (named.isPresent()) {
            words(named.get()).forEach(word -> {
                Optional<DeletePolicy> policy = Stream.of(DeletePolicy.values())
                        .filter(known -> known.name().equals(word))
                        .findFirst();
                policy.ifPresentOrElse(
                        policies::add,
                        () -> complaints.wrong(
                                named.get(),
                                named.get() + " has the unknown word \"" + word
                                        + "\"; known: BeforeHookCreation, HookSucceeded, HookFailed"));
            });
        } else {
            words(HELM_POLICY).forEach(word -> {
                DeletePolicy policy = HELM_POLICIES.get(word);
                if (policy == null) {
                    complaints.odd(HELM_POLICY, "Helm knows no delete policy \"" + word + "\"; it has no effect");
                } else {
                    policies.add(policy);
                }
            });
        }
        return policies.isEmpty() ? EnumSet.of(DeletePolicy.BeforeHookCreation) : policies;
    }

    private Duration timeout(Complaints complaints) {
        String text = annotations.path(TIMEOUT).asText("");
        Optional<Duration> timeout = GoDuration.parse(text.strip());
        if (timeout.isEmpty() && annotations.has(TIMEOUT)) {
            complaints.wrong(
                    TIMEOUT, TIMEOUT + " must be a duration such as \"30s\" or \"1h30m\", but is \"" + text + "\"");
        }
        return timeout.orElse(Hook.DEFAULT_TIMEOUT);
    }

    /** The annotation that counts, where one is there. */
    private Optional<String> winner(String name) {
        return Stream.of(Annotations.OWN + name, Annotations.ARGO + name)
                .filter(annotations::has)
                .findFirst();
    }

    private Stream<String> words(String annotation) {
        return Stream.of(annotations.path(annotation).asText("").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }
}

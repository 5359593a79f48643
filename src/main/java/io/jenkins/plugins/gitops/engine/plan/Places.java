package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** In which phase and wave each object is written, or pruned (SEMANTICS 5). */
final class Places {
    private static final Origin NOWHERE = new Origin("", 0, 0);

    private final Map<ResourceKey, SyncWave> places = new HashMap<>();

    /**
     * @param hooks that run in the same sync: they need their Namespaces and CustomResourceDefinitions too
     * @throws InvalidInputException naming the manifests whose wave is no whole number
     */
    Places(Comparison comparison, List<HookTask> hooks) {
        List<Problem> problems = new ArrayList<>();
        for (Compared object : comparison.objects()) {
            ObjectNode content = content(object);
            String text = SyncWave.written(content).orElse("0");
            if (object.desired().isPresent() && !text.strip().matches("[+-]?[0-9]{1,9}")) {
                problems.add(Problem.at(
                        object.desired().get().origin(),
                        object.key() + " has the sync-wave \"" + text + "\"; write a whole number such as \"-1\""));
            }
            places.put(object.key(), new SyncWave(Phase.Sync, SyncWave.of(content)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Needed desired = new Needed(
                comparison.objects().stream().filter(Places::isDesired).toList());
        comparison.objects().stream()
                .filter(Places::isDesired)
                .forEach(object -> desired.move(object.key(), places.get(object.key())));
        hooks.stream()
                .filter(hook -> hook.phase() != Phase.SyncFail)
                .forEach(hook -> desired.move(hook.key(), new SyncWave(hook.phase(), hook.wave())));
        // Among pruned objects the first to be written becomes the last to go.
        Needed extra =
                new Needed(comparison.objects().stream().filter(Places::isExtra).toList());
        comparison.objects().stream()
                .filter(Places::isExtra)
                .forEach(object -> extra.move(object.key(), places.get(object.key())));
    }

    SyncWave of(Compared object) {
        return places.get(object.key());
    }

    /** The last wave of all objects, also of those that are in sync. */
    int last() {
        return places.values().stream().mapToInt(SyncWave::wave).max().orElse(0);
    }

    /** The waves in which objects go: their distinct waves, the last becoming the first. */
    Map<ResourceKey, Integer> mirrored(List<Compared> going) {
        List<Integer> distinct = new ArrayList<>(
                new TreeSet<>(going.stream().map(object -> of(object).wave()).toList()));
        Map<ResourceKey, Integer> waves = new HashMap<>();
        for (Compared object : going) {
            int place = distinct.indexOf(of(object).wave());
            waves.put(object.key(), distinct.get(distinct.size() - 1 - place));
        }
        return waves;
    }

    /** The Namespaces and CustomResourceDefinitions of a set: each moves in front of its first dependent. */
    private final class Needed {
        private final Map<GroupKind, ResourceKey> definitions = new HashMap<>();
        private final Map<String, ResourceKey> namespaces = new HashMap<>();

        Needed(List<Compared> objects) {
            for (Compared object : objects) {
                if (object.key().isCustomResourceDefinition()) {
                    definitions.put(new Manifest(content(object), NOWHERE).definedKind(), object.key());
                } else if (object.key().isNamespace()) {
                    namespaces.put(object.key().name(), object.key());
                }
            }
        }

        void move(ResourceKey dependent, SyncWave place) {
            ResourceKey definition = definitions.get(dependent.groupKind());
            if (definition != null) {
                places.computeIfPresent(definition, (key, own) -> own.earlierOf(place));
            }
            ResourceKey namespace = namespaces.get(dependent.namespace());
            if (namespace != null) {
                places.computeIfPresent(namespace, (key, own) -> own.earlierOf(place));
            }
        }
    }

    private static ObjectNode content(Compared object) {
        return object.desired().map(Manifest::content).or(object::live).orElseThrow();
    }

    private static boolean isDesired(Compared object) {
        return object.desired().isPresent();
    }

    private static boolean isExtra(Compared object) {
        return object.verdict() == Verdict.Extra;
    }
}

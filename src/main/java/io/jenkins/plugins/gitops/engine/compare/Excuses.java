package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rejections are none yet, because the server judged an object without what the same set brings along (SEMANTICS 12): an
 * instance whose CustomResourceDefinition is about to change, and an object that was refused for the absence of another one,
 * such as a Pod's ServiceAccount, a Pod's PriorityClass or a RoleBinding's Role. What the server cannot judge yet is held against
 * the schema that the set brings along: a wrong instance is rejected before its CustomResourceDefinition is written.
 */
final class Excuses {
    private final DesiredSet desired;
    private final Map<ResourceKey, Compared> objects;
    private final List<ResourceKey> absent;
    private final boolean preflight;

    /** @param preflight whether the server was asked about the missing objects */
    Excuses(DesiredSet desired, List<Compared> objects, boolean preflight) {
        this.desired = desired;
        this.preflight = preflight;
        this.objects = objects.stream().collect(Collectors.toMap(Compared::key, Function.identity()));
        this.absent = objects.stream()
                .filter(object -> object.verdict() == Verdict.Missing)
                .map(Compared::key)
                .toList();
    }

    Compared excuse(Compared object) {
        Compared excused = excuseRejection(object);
        return excused.obstacle() == Obstacle.excused ? judgedBySchema(excused) : excused;
    }

    private Compared judgedBySchema(Compared object) {
        boolean strict = object.options().isOn(SyncOption.Validate);
        List<String> problems = object.desired()
                .flatMap(manifest -> desired.schemaOf(manifest)
                        .map(schema -> new StructuralSchema(schema, strict).problems(manifest.content())))
                .orElse(List.of());
        return problems.isEmpty()
                ? object
                : object.with(
                        "it does not fit the schema of its CustomResourceDefinition in this set: "
                                + String.join("; ", problems),
                        Obstacle.rejected);
    }

    private Compared excuseRejection(Compared object) {
        boolean rejected = object.obstacle() == Obstacle.rejected || object.obstacle() == Obstacle.immutable;
        boolean notAsked = !preflight && object.verdict() == Verdict.Missing && object.obstacle() == Obstacle.none;
        if (!rejected && !notAsked) {
            return object;
        }
        if (definitionChanges(object.key().groupKind())) {
            return object.with(object.message(), Obstacle.excused);
        }
        Optional<ResourceKey> needed = absent.stream()
                .filter(other -> !other.equals(object.key()) && names(object.message(), other))
                .findFirst();
        return needed.map(other -> object.with("waits for " + other + ": " + object.message(), Obstacle.deferred))
                .orElse(object);
    }

    private boolean definitionChanges(GroupKind kind) {
        return desired.definitionOf(kind)
                .map(objects::get)
                .filter(definition -> definition.verdict() != Verdict.InSync)
                .isPresent();
    }

    /** Whether a server's message speaks of an object: its kind in some spelling, and its name as a word of its own. */
    private static boolean names(String message, ResourceKey other) {
        String letters = message.toLowerCase(Locale.ROOT).replace(" ", "");
        return letters.contains(other.kind().toLowerCase(Locale.ROOT))
                && Pattern.compile("(?<![-.a-z0-9])" + Pattern.quote(other.name()) + "(?![-.a-z0-9]*[a-z0-9])")
                        .matcher(message)
                        .find();
    }
}

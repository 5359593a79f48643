package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.compare.DesiredHook;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which hooks run in a sync, when, and under which names (SEMANTICS 6).
 *
 * @param revision full commit id, or empty
 * @param firstSync whether the application never was synced with success
 * @param time of the run, in the names of hooks with generateName
 */
public record HookRuns(String revision, boolean firstSync, Instant time) {
    /** The phases of a sync, those after a failure too. */
    public static final Set<Phase> OF_A_SYNC =
            Collections.unmodifiableSet(EnumSet.of(Phase.PreSync, Phase.Sync, Phase.PostSync, Phase.SyncFail));

    private static final Comparator<HookTask> ORDER = Comparator.comparing(HookTask::phase)
            .thenComparingInt(HookTask::wave)
            .thenComparing(task -> KindOrder.rank(task.key().groupKind()))
            .thenComparing(HookTask::key);

    private static final int SHORT_REVISION = 7;
    /** What the names of most kinds, such as Job, may have. */
    private static final int LONGEST_NAME = 63;

    /** The runs of all these phases, in execution order. */
    public List<HookTask> in(Set<Phase> phases, List<DesiredHook> hooks) {
        List<HookTask> tasks = new ArrayList<>();
        Set<ResourceKey> names = new HashSet<>();
        for (DesiredHook desired : hooks) {
            for (Phase phase : phases) {
                if (desired.hook().runsIn(phase, firstSync)) {
                    int wave = SyncWave.of(desired.manifest().content());
                    tasks.add(new HookTask(phase, wave, named(desired.manifest(), phase, names), desired));
                }
            }
        }
        tasks.sort(ORDER);
        return List.copyOf(tasks);
    }

    private Manifest named(Manifest manifest, Phase phase, Set<ResourceKey> names) {
        if (!manifest.key().name().isEmpty()) {
            return manifest;
        }
        String prefix = manifest.content().path("metadata").path("generateName").asText();
        // The version of a chart, and several revisions, have characters that names have not.
        String plain = revision.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        String shortened = plain.length() > SHORT_REVISION ? plain.substring(0, SHORT_REVISION) : plain;
        String run = (shortened.isEmpty() ? "" : shortened + "-") + phase.name().toLowerCase(Locale.ROOT) + "-"
                + time.getEpochSecond();
        for (int i = 1; ; i++) {
            String suffix = i == 1 ? run : run + "-" + i;
            int room = Math.max(1, LONGEST_NAME - suffix.length());
            String kept = prefix.length() > room ? prefix.substring(0, room) : prefix;
            ObjectNode content = manifest.editable();
            content.withObject("/metadata").put("name", kept + suffix);
            Manifest named = manifest.withContent(content);
            if (names.add(named.key())) {
                return named;
            }
        }
    }
}

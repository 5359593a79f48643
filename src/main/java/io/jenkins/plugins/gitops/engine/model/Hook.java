package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What makes an object a hook (SEMANTICS 6): it is created when a phase comes, and the sync goes on when it has ended well. A
 * hook belongs to no inventory, and is never compared.
 *
 * @param phases in which it runs, and in which syncs; empty for an object that no sync touches (Skip, Helm's tests)
 * @param deletePolicies when it is deleted; never empty
 * @param timeout how long it may take
 */
public record Hook(Map<Phase, Occasion> phases, Set<DeletePolicy> deletePolicies, Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /** The label that a hook carries, with the id of the application's inventory: what {@code part-of} is for other objects. */
    public static final String HOOK_OF = Annotations.OWN + "hook-of";

    /** In which syncs a hook runs: Helm tells an installation from an upgrade. */
    public enum Occasion {
        always,
        /** Until the application's first sync that succeeds. */
        firstSync,
        /** After it. */
        laterSyncs
    }

    /** When a hook is deleted. */
    public enum DeletePolicy {
        /** Before it is created anew. */
        BeforeHookCreation,
        /** After the whole sync succeeded. */
        HookSucceeded,
        /** After the sync failed. */
        HookFailed
    }

    public Hook {
        EnumMap<Phase, Occasion> ordered = new EnumMap<>(Phase.class);
        ordered.putAll(phases);
        phases = Collections.unmodifiableMap(ordered);
        deletePolicies = Collections.unmodifiableSet(EnumSet.copyOf(deletePolicies));
    }

    /** Empty for an object that is no hook. Words that nobody knows are left out: rendering has refused or told them. */
    public static Optional<Hook> of(JsonNode object) {
        return new HookAnnotations(object).read(HookAnnotations.Complaints.NONE);
    }

    /**
     * The same, complaining.
     *
     * @param complaints hears what is wrong with the annotations
     */
    public static Optional<Hook> read(JsonNode object, HookAnnotations.Complaints complaints) {
        return new HookAnnotations(object).read(complaints);
    }

    /** Whether no sync ever runs or applies it. */
    public boolean isSkipped() {
        return phases.isEmpty();
    }

    public boolean runsIn(Phase phase, boolean firstSync) {
        Occasion occasion = phases.get(phase);
        return occasion == Occasion.always || occasion == (firstSync ? Occasion.firstSync : Occasion.laterSyncs);
    }
}

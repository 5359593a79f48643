package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an inventory's parent tells of an application's hooks, as annotations beside those of the ApplySet: so every machine
 * that syncs the application knows it (SEMANTICS 6).
 *
 * @param firstSynced when a sync succeeded for the first time, RFC 3339; empty before that
 * @param groupKinds the kinds that hooks were made of: what may be left of them when the application goes
 * @param namespaces where they were made
 */
public record HookRecord(String firstSynced, SortedSet<GroupKind> groupKinds, SortedSet<String> namespaces) {
    public static final HookRecord NONE = new HookRecord("", new TreeSet<>(), new TreeSet<>());

    static final String FIRST_SYNCED = Annotations.OWN + "first-synced";
    static final String GROUP_KINDS = Annotations.OWN + "hook-group-kinds";
    static final String NAMESPACES = Annotations.OWN + "hook-namespaces";

    public HookRecord {
        groupKinds = Collections.unmodifiableSortedSet(new TreeSet<>(groupKinds));
        namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
    }

    static HookRecord of(JsonNode annotations) {
        return new HookRecord(
                annotations.path(FIRST_SYNCED).asText(""),
                ApplySet.split(annotations.path(GROUP_KINDS))
                        .map(GroupKind::parse)
                        .collect(Collectors.toCollection(TreeSet::new)),
                ApplySet.split(annotations.path(NAMESPACES)).collect(Collectors.toCollection(TreeSet::new)));
    }

    public boolean wasSynced() {
        return !firstSynced.isEmpty();
    }

    /** A sync succeeded; only the first is remembered. */
    public HookRecord synced(Instant time) {
        return wasSynced() ? this : new HookRecord(time.toString(), groupKinds, namespaces);
    }

    /** @param spaces empty texts, of cluster-scoped hooks, are left out */
    public HookRecord with(Collection<GroupKind> kinds, Collection<String> spaces) {
        SortedSet<GroupKind> allKinds = new TreeSet<>(groupKinds);
        allKinds.addAll(kinds);
        SortedSet<String> allSpaces = new TreeSet<>(namespaces);
        allSpaces.addAll(spaces);
        allSpaces.remove("");
        return new HookRecord(firstSynced, allKinds, allSpaces);
    }

    HookRecord widenedBy(HookRecord other) {
        HookRecord wide = with(other.groupKinds, other.namespaces);
        return new HookRecord(wasSynced() ? firstSynced : other.firstSynced, wide.groupKinds, wide.namespaces);
    }

    /** Writes what there is; an application without hooks has no annotation about them. */
    void write(ObjectNode annotations) {
        if (wasSynced()) {
            annotations.put(FIRST_SYNCED, firstSynced);
        }
        if (!groupKinds.isEmpty()) {
            annotations.put(
                    GROUP_KINDS, groupKinds.stream().map(GroupKind::toString).collect(Collectors.joining(",")));
            annotations.put(NAMESPACES, String.join(",", namespaces));
        }
    }
}

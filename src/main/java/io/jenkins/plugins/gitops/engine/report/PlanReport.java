package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.util.HexFormat;
import java.util.List;

/**
 * What a sync would do, in execution order (SEMANTICS 5).
 *
 * @param basis what it was made from, so that it can be carried out later only while that still holds
 */
public record PlanReport(
        int schemaVersion, String application, String revision, List<Task> tasks, List<String> warnings, Basis basis) {
    /**
     * One step of a plan; steps of one phase, wave, action and kind run in parallel.
     *
     * @param origin {@code file:line} of the manifest; empty for a pruned object
     * @param hook whether the object is a hook
     */
    public record Task(
            String phase,
            int wave,
            Action action,
            String group,
            String kind,
            String namespace,
            String name,
            String origin,
            boolean hook) {}

    /** What a task does. */
    public enum Action {
        create,
        configure,
        prune,
        /** Of what an earlier run of a hook left. */
        delete,
        /** Deleted and created anew, because it cannot be changed into what Git declares. */
        replace
    }

    /**
     * What a plan was made from. Holds no field of any object; all digests are SHA-256 in hexadecimal digits, and that of a set
     * with Secrets is made slowly, so that nobody finds their values by trying.
     *
     * @param digest of the whole document with this field empty: tells whether it was changed after it was made
     * @param uid of the application
     * @param cluster digest of the API server's address
     * @param set digest of the rendered objects
     * @param policy what the sync may do, a word each
     * @param rules digest of the destination and of what is ignored
     * @param inventory digest of what the inventory records
     * @param live the objects that were compared, and what earlier runs left of hooks
     */
    public record Basis(
            String digest,
            String uid,
            String cluster,
            String set,
            List<String> policy,
            String rules,
            String inventory,
            List<Live> live) {
        /** Of a plan that is only shown. */
        public static final Basis NONE = new Basis("", "", "", "", List.of(), "", "", List.of());

        public Basis {
            policy = List.copyOf(policy);
            live = List.copyOf(live);
        }

        Basis withDigest(String other) {
            return new Basis(other, uid, cluster, set, policy, rules, inventory, live);
        }
    }

    /**
     * A live object as it was seen.
     *
     * @param object its key, as {@code Deployment.apps shop/web}
     * @param resourceVersion null when there was none
     */
    public record Live(String object, String resourceVersion) {}

    public PlanReport {
        tasks = List.copyOf(tasks);
        warnings = List.copyOf(warnings);
        basis = basis == null ? Basis.NONE : basis;
    }

    /** One that is only shown. */
    public PlanReport(int schemaVersion, String application, String revision, List<Task> tasks, List<String> warnings) {
        this(schemaVersion, application, revision, tasks, warnings, Basis.NONE);
    }

    /** The same, its basis with the digest of this document. */
    public PlanReport sealed() {
        return withDigest(HexFormat.of().formatHex(Sha256.of(ReportJson.compact(withDigest("")))));
    }

    private PlanReport withDigest(String digest) {
        return new PlanReport(schemaVersion, application, revision, tasks, warnings, basis.withDigest(digest));
    }
}

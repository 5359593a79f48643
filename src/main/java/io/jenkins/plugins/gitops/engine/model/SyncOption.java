package io.jenkins.plugins.gitops.engine.model;

import java.util.List;

/**
 * The sync options that an object, or a whole application, can have (SEMANTICS 7), under the names that Argo CD gives them.
 * The first value of each is what holds when nothing is said.
 */
public enum SyncOption {
    /** {@code false} keeps the object when it leaves Git, {@code confirm} asks first. */
    Prune("true", "false", "confirm"),
    /** The same for when the whole application is deleted. */
    Delete("true", "false", "confirm"),
    /** Write the whole object, so that nothing stays that Git does not declare. */
    Replace("false", "true"),
    /** Delete and create an object anew when it cannot be changed into what Git declares. */
    Force("false", "true"),
    /** {@code false}: a three-way patch, as {@code kubectl apply} without {@code --server-side} makes it. */
    ServerSideApply("true", "false"),
    /** A kind that the cluster does not serve yet is no error before the object's wave comes. */
    SkipDryRunOnMissingResource("false", "true"),
    /** Prune the object after the last wave. */
    PruneLast("false", "true"),
    /** {@code false}: fields that the kind's schema does not have are dropped, and no error. */
    Validate("true", "false"),
    /** An object that another application tracks ends the sync before anything is written. */
    FailOnSharedResource("false", "true"),
    /** Not applied while it is in sync, even when all objects are applied. */
    ApplyOutOfSyncOnly("false", "true"),
    /** Create the object's namespace when there is none; of an application: its destination's namespace. */
    CreateNamespace("false", "true"),
    /** Never overwrite ignored fields. Here it always holds. */
    RespectIgnoreDifferences("true"),
    /** What happens to the objects that a pruned one owns. */
    PrunePropagationPolicy("foreground", "background", "orphan");

    private final List<String> choices;

    SyncOption(String... choices) {
        this.choices = List.of(choices);
    }

    public List<String> choices() {
        return choices;
    }

    String byDefault() {
        return choices.getFirst();
    }
}

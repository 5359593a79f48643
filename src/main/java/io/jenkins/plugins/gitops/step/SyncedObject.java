package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a sync did to one object, as a script reads it. */
public final class SyncedObject implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String group;
    private final String kind;
    private final String namespace;
    private final String name;
    private final String action;
    private final String message;
    private final String health;
    private final String healthMessage;

    SyncedObject(ObjectSync object) {
        group = object.group();
        kind = object.kind();
        namespace = object.namespace();
        name = object.name();
        action = object.action().name();
        message = object.message();
        health = object.health() == null ? null : object.health().name();
        healthMessage = object.healthMessage();
    }

    /** The API group; empty for the core one. */
    @Whitelisted
    public String getGroup() {
        return group;
    }

    @Whitelisted
    public String getKind() {
        return kind;
    }

    /** Empty for an object that stands above namespaces. */
    @Whitelisted
    public String getNamespace() {
        return namespace;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    /** {@code created}, {@code configured}, {@code unchanged}, {@code pruned}, {@code skipped}, {@code failed}. */
    @Whitelisted
    public String getAction() {
        return action;
    }

    /** Why it failed or was skipped; empty otherwise. */
    @Whitelisted
    public String getMessage() {
        return message;
    }

    /** {@code Healthy}, {@code Progressing}, {@code Degraded} …; null when the kind has none or nobody looked. */
    @CheckForNull
    @Whitelisted
    public String getHealth() {
        return health;
    }

    @CheckForNull
    @Whitelisted
    public String getHealthMessage() {
        return healthMessage;
    }

    /** As people write it: {@code Deployment shop/web}. */
    @Override
    public String toString() {
        return kind + " " + (namespace == null || namespace.isEmpty() ? name : namespace + "/" + name);
    }
}

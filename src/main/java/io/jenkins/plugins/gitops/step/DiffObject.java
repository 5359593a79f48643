package io.jenkins.plugins.gitops.step;

import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** How one object differs, as a script reads it. */
public final class DiffObject implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String group;
    private final String kind;
    private final String namespace;
    private final String name;
    private final String verdict;
    private final String message;
    private final String origin;
    private final ArrayList<DiffField> fields;

    DiffObject(ObjectDrift object) {
        group = object.key().group();
        kind = object.key().kind();
        namespace = object.key().namespace();
        name = object.key().name();
        verdict = object.verdict().name();
        message = object.message();
        origin = object.origin();
        fields = new ArrayList<>(object.fields().stream().map(DiffField::new).toList());
    }

    boolean isDifferent() {
        return !verdict.equals(Verdict.Unknown.name());
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

    /** {@code Drifted}, {@code Missing} in the cluster, {@code Extra} there, {@code Unknown}. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Why it could not be compared; empty otherwise. */
    @Whitelisted
    public String getMessage() {
        return message;
    }

    /** File and line of the manifest; empty when there is none. */
    @Whitelisted
    public String getOrigin() {
        return origin;
    }

    @Whitelisted
    public List<DiffField> getFields() {
        return new ArrayList<>(fields);
    }

    /** As people write it: {@code Deployment shop/web Drifted}. */
    @Override
    public String toString() {
        return kind + " " + (namespace == null || namespace.isEmpty() ? name : namespace + "/" + name) + " " + verdict;
    }
}

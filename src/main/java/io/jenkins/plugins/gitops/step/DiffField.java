package io.jenkins.plugins.gitops.step;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** One field that differs, as a script reads it. The data of Secrets is not told. */
public final class DiffField implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String desired;
    private final String live;
    private final String manager;

    DiffField(FieldDrift field) {
        path = field.path();
        desired = field.masked() ? null : text(field.desired());
        live = field.masked() ? null : text(field.live());
        manager = field.manager();
    }

    private static String text(JsonNode node) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return null;
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    @Whitelisted
    public String getPath() {
        return path;
    }

    /** What Git wants, as JSON where it is more than one value; null when it wants none, and of a Secret. */
    @CheckForNull
    @Whitelisted
    public String getDesired() {
        return desired;
    }

    /** What the cluster has, likewise. */
    @CheckForNull
    @Whitelisted
    public String getLive() {
        return live;
    }

    /** Who wrote what the cluster has; null when the server does not tell. */
    @CheckForNull
    @Whitelisted
    public String getManager() {
        return manager;
    }

    @Override
    public String toString() {
        return path;
    }
}

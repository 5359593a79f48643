package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What tells one object of a report from the others: the first columns of each table, the first fields in the remote API. */
@ExportedBean(defaultVisibility = 3)
public final class ObjectHeader {
    private final ResourceKey key;
    private final String origin;

    ObjectHeader(ResourceKey key, String origin) {
        this.key = key;
        this.origin = origin;
    }

    @Exported
    public String getGroup() {
        return key.group();
    }

    @Exported
    public String getKind() {
        return key.kind();
    }

    @Exported
    public String getNamespace() {
        return key.namespace();
    }

    @Exported
    public String getName() {
        return key.name();
    }

    /** {@code file:line} of the manifest; empty for an object that is no longer in Git. */
    @Exported
    public String getOrigin() {
        return origin;
    }

    public String getTitle() {
        return key.kind() + " " + key.name();
    }

    /** Group and namespace too, for a tooltip and for sorting. */
    public String getKey() {
        return key.toString();
    }
}

package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Patch;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A strategic merge patch or a JSON 6902 patch, as text or as a file of the checkout. */
public final class KustomizePatch extends AbstractDescribableImpl<KustomizePatch> {
    private String path;
    private String patch;
    private String group;
    private String version;
    private String kind;
    private String name;
    private String namespace;
    private String labelSelector;
    private String annotationSelector;
    private boolean allowNameChange;
    private boolean allowKindChange;

    @DataBoundConstructor
    public KustomizePatch() {
        // Either a text or a file.
    }

    Patch toPatch() {
        Map<String, String> target = new TreeMap<>();
        put(target, "group", group);
        put(target, "version", version);
        put(target, "kind", kind);
        put(target, "name", name);
        put(target, "namespace", namespace);
        put(target, "labelSelector", labelSelector);
        put(target, "annotationSelector", annotationSelector);
        Map<String, Boolean> options = new TreeMap<>();
        if (allowNameChange) {
            options.put("allowNameChange", true);
        }
        if (allowKindChange) {
            options.put("allowKindChange", true);
        }
        return new Patch(getPath(), getPatch(), target, options);
    }

    private static void put(Map<String, String> target, String field, String value) {
        if (value != null) {
            target.put(field, value);
        }
    }

    Optional<String> problem() {
        return path == null == (patch == null)
                ? Optional.of(Messages.KustomizePatch_OneOfTwo())
                : KustomizeChecks.yaml(getPatch());
    }

    @NonNull
    public String getPath() {
        return Util.fixNull(path);
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    @NonNull
    public String getPatch() {
        return Util.fixNull(patch);
    }

    @DataBoundSetter
    public void setPatch(String patch) {
        this.patch = Util.fixNull(patch).isBlank() ? null : patch.replace("\r\n", "\n");
    }

    @NonNull
    public String getGroup() {
        return Util.fixNull(group);
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    @NonNull
    public String getVersion() {
        return Util.fixNull(version);
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    @NonNull
    public String getKind() {
        return Util.fixNull(kind);
    }

    @DataBoundSetter
    public void setKind(String kind) {
        this.kind = Util.fixEmptyAndTrim(kind);
    }

    @NonNull
    public String getName() {
        return Util.fixNull(name);
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @NonNull
    public String getNamespace() {
        return Util.fixNull(namespace);
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    @NonNull
    public String getLabelSelector() {
        return Util.fixNull(labelSelector);
    }

    @DataBoundSetter
    public void setLabelSelector(String labelSelector) {
        this.labelSelector = Util.fixEmptyAndTrim(labelSelector);
    }

    @NonNull
    public String getAnnotationSelector() {
        return Util.fixNull(annotationSelector);
    }

    @DataBoundSetter
    public void setAnnotationSelector(String annotationSelector) {
        this.annotationSelector = Util.fixEmptyAndTrim(annotationSelector);
    }

    public boolean isAllowNameChange() {
        return allowNameChange;
    }

    @DataBoundSetter
    public void setAllowNameChange(boolean allowNameChange) {
        this.allowNameChange = allowNameChange;
    }

    public boolean isAllowKindChange() {
        return allowKindChange;
    }

    @DataBoundSetter
    public void setAllowKindChange(boolean allowKindChange) {
        this.allowKindChange = allowKindChange;
    }

    /** Its place in the form. */
    @Extension
    @Symbol("kustomizePatch")
    public static final class DescriptorImpl extends Descriptor<KustomizePatch> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.KustomizePatch_DisplayName();
        }

        @POST
        public FormValidation doCheckPatch(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String path) {
            boolean both = Util.fixEmptyAndTrim(path) != null && Util.fixEmptyAndTrim(value) != null;
            return RendererDescriptor.check(
                    item, () -> both ? Optional.of(Messages.KustomizePatch_OneOfTwo()) : KustomizeChecks.yaml(value));
        }
    }
}

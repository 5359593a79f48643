package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.field.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How bad drift of some objects is, or of some of their fields, as the form holds a {@link SeverityRule}. */
public final class SeveritySettings extends AbstractDescribableImpl<SeveritySettings> {
    private static final String EVERY = "*";

    /** An empty text is lost on the way through forms and configuration as code. */
    private static final String CORE = "core";

    private final Severity severity;
    private String group;
    private String kind;
    private String namespace;
    private String name;
    private String fields;

    @DataBoundConstructor
    public SeveritySettings(Severity severity) {
        this.severity = severity;
    }

    @NonNull
    public Severity getSeverity() {
        return severity == null ? Severity.warning : severity;
    }

    /** A glob; {@value #CORE} is the group that has no name. */
    @NonNull
    public String getGroup() {
        return Util.fixNull(group, EVERY);
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = limited(group);
    }

    @NonNull
    public String getKind() {
        return Util.fixNull(kind, EVERY);
    }

    @DataBoundSetter
    public void setKind(String kind) {
        this.kind = limited(kind);
    }

    @NonNull
    public String getNamespace() {
        return Util.fixNull(namespace, EVERY);
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = limited(namespace);
    }

    @NonNull
    public String getName() {
        return Util.fixNull(name, EVERY);
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = limited(name);
    }

    /** Globs of paths as reports print them; without any, every field and the object as a whole. */
    public Words getFields() {
        return new Words(fields);
    }

    @DataBoundSetter
    public void setFields(Words fields) {
        this.fields = Util.fixEmpty(fields.text());
    }

    /** Null for what does not limit anything. */
    private static String limited(String glob) {
        String text = Util.fixEmptyAndTrim(glob);
        return EVERY.equals(text) ? null : text;
    }

    SeverityRule toRule() {
        return new SeverityRule(
                CORE.equals(getGroup()) ? "" : getGroup(),
                getKind(),
                getNamespace(),
                getName(),
                getFields().list(),
                getSeverity());
    }

    /** The form. */
    @Extension
    @Symbol("severityRule")
    public static final class DescriptorImpl extends Descriptor<SeveritySettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SeveritySettings_DisplayName();
        }
    }
}

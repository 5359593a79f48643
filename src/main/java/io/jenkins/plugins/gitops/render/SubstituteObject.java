package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.gitops.engine.model.Substitution.Kind;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A ConfigMap or a Secret in the destination's namespace, whose data are values of variables. */
public final class SubstituteObject extends AbstractDescribableImpl<SubstituteObject> {
    private final Kind kind;
    private final String name;
    private boolean optional;

    @DataBoundConstructor
    public SubstituteObject(Kind kind, String name) {
        this.kind = kind == null ? Kind.ConfigMap : kind;
        this.name = Util.fixNull(name).strip();
    }

    @NonNull
    public Kind getKind() {
        return kind;
    }

    public String getName() {
        return name;
    }

    public boolean isOptional() {
        return optional;
    }

    @DataBoundSetter
    public void setOptional(boolean optional) {
        this.optional = optional;
    }

    ValuesFrom toValuesFrom() {
        return new ValuesFrom(kind, name, optional);
    }

    Optional<String> problem() {
        return name.isEmpty() ? Optional.of(Messages.SubstituteObject_NoName()) : Optional.empty();
    }

    /** Its place in the form. */
    @Extension
    @Symbol("substituteFrom")
    public static final class DescriptorImpl extends Descriptor<SubstituteObject> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SubstituteObject_DisplayName();
        }
    }
}

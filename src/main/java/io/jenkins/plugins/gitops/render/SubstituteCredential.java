package io.jenkins.plugins.gitops.render;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A credential that manifests may have, as {@code ${credentials:ID}}, and as a variable. What is not listed no manifest gets:
 * whoever writes manifests does not choose among the credentials of a folder.
 */
public final class SubstituteCredential extends AbstractDescribableImpl<SubstituteCredential> {
    private final String credentialsId;
    private String variable;

    @DataBoundConstructor
    public SubstituteCredential(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @NonNull
    public String getVariable() {
        return Util.fixNull(variable);
    }

    @DataBoundSetter
    public void setVariable(String variable) {
        this.variable = Util.fixEmptyAndTrim(variable);
    }

    Optional<String> problem() {
        return credentialsId.isEmpty()
                ? Optional.of(Messages.SubstituteCredential_None())
                : problemOfVariable(getVariable());
    }

    private static Optional<String> problemOfVariable(String name) {
        return name.isEmpty() || Substitution.isName(name)
                ? Optional.empty()
                : Optional.of(Messages.SubstituteSettings_Name(name));
    }

    /** Its place in the form. */
    @Extension
    @Symbol("substituteCredential")
    public static final class DescriptorImpl extends Descriptor<SubstituteCredential> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SubstituteCredential_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return new CredentialChoice(item, credentialsId)
                    .of(
                            StandardCredentials.class,
                            credentials -> credentials instanceof StringCredentials
                                    || credentials instanceof FileCredentials
                                    || credentials instanceof StandardUsernamePasswordCredentials);
        }

        @POST
        public FormValidation doCheckVariable(@AncestorInPath Item item, @QueryParameter String value) {
            return RendererDescriptor.check(
                    item, () -> problemOfVariable(Util.fixNull(value).strip()));
        }
    }
}

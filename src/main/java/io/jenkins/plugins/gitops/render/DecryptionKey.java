package io.jenkins.plugins.gitops.render;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A credential with secret keys of age, for files that SOPS encrypted. */
public final class DecryptionKey extends AbstractDescribableImpl<DecryptionKey> {
    private final String credentialsId;

    @DataBoundConstructor
    public DecryptionKey(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** Why this is no key; empty when it may be one. */
    public Optional<String> problem() {
        return credentialsId.isEmpty() ? Optional.of(Messages.DecryptionKey_None()) : Optional.empty();
    }

    /** Its place in the form. */
    @Extension
    @Symbol("ageKey")
    public static final class DescriptorImpl extends Descriptor<DecryptionKey> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DecryptionKey_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return new CredentialChoice(item, credentialsId)
                    .of(
                            StandardCredentials.class,
                            credentials ->
                                    credentials instanceof StringCredentials || credentials instanceof FileCredentials);
        }
    }
}

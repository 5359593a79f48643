package io.jenkins.plugins.gitops.render;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A chart of a chart repository, which is not in the checkout. */
public final class HelmChart extends AbstractDescribableImpl<HelmChart> {
    private final String repository;
    private final String name;
    private String version;
    private String credentialsId;

    /** @param repository {@code https://…} or {@code oci://…} */
    @DataBoundConstructor
    public HelmChart(String repository, String name) {
        this.repository = Util.fixNull(repository).strip();
        this.name = Util.fixNull(name).strip();
    }

    public String getRepository() {
        return repository;
    }

    public String getName() {
        return name;
    }

    /** One, or a range; empty for the newest. */
    public String getVersion() {
        return Util.fixNull(version);
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    /** A user with a password or a token; empty when the repository asks for none. */
    public String getCredentialsId() {
        return Util.fixNull(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    Optional<String> problem() {
        return problemOfRepository(repository).or(() -> problemOfName(name));
    }

    private static Optional<String> problemOfRepository(String repository) {
        if (repository.isEmpty()) {
            return Optional.of(Messages.HelmChart_NoRepository());
        }
        boolean address = repository.matches("(https?|oci)://\\S+") || repository.matches("[^\\s:/]+(:\\d+)?(/\\S*)?");
        if (!address || repository.matches("\\.{1,2}(/.*)?")) {
            return Optional.of(Messages.HelmChart_RepositoryForm(repository));
        }
        return repository.matches("[a-z]+://[^/]*@.*")
                ? Optional.of(Messages.HelmChart_RepositoryCredentials())
                : Optional.empty();
    }

    private static Optional<String> problemOfName(String name) {
        return name.isEmpty() ? Optional.of(Messages.HelmChart_NoName()) : Optional.empty();
    }

    /** Its place in the form. */
    @Extension
    @Symbol("helmChart")
    public static final class DescriptorImpl extends Descriptor<HelmChart> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HelmChart_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return new CredentialChoice(item, credentialsId)
                    .of(StandardUsernamePasswordCredentials.class, CredentialsMatchers.always());
        }

        @POST
        public FormValidation doCheckRepository(@AncestorInPath Item item, @QueryParameter String value) {
            return RendererDescriptor.check(item, () -> ifTyped(value).flatMap(HelmChart::problemOfRepository));
        }

        /** Fields that nobody has filled in yet are not wrong; saving them so is. */
        private static Optional<String> ifTyped(String value) {
            return Optional.ofNullable(Util.fixEmptyAndTrim(value));
        }
    }
}

package io.jenkins.plugins.gitops.cluster;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.AbortException;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.labels.LabelExpression;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.field.DnsLabel;
import io.jenkins.plugins.gitops.field.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a {@link ClusterDefinition}: what fields offer, what is said about them, and the test of a connection. */
abstract class ClusterDescriptor extends Descriptor<ClusterDefinition> {
    /** No blanks or commas, for folders list the names of clusters. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?");

    private static final Pattern NAMESPACE_GLOB = Pattern.compile("[-a-z0-9*]+");
    private static final Pattern KIND_GLOB = Pattern.compile("[A-Z*][A-Za-z0-9*]*(\\.[-a-z0-9.*]+)?");
    private static final Pattern LABEL = Pattern.compile("[-A-Za-z0-9._/]+=[-A-Za-z0-9._]*");

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return checked(value, name -> {
            // A new cluster's form is not wrong before somebody has filled it in; saving it so is.
            return name.isEmpty() || NAME.matcher(name).matches()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.ClusterDescriptor_nameInvalid());
        });
    }

    @POST
    public FormValidation doCheckServerUrl(@QueryParameter String value, @QueryParameter String credentialsId) {
        return checked(value, url -> url.isEmpty() ? withoutServer(credentialsId) : server(url));
    }

    private static FormValidation withoutServer(String credentialsId) {
        return find(credentialsId, "").filter(FileCredentials.class::isInstance).isPresent()
                ? FormValidation.ok(Messages.ClusterDescriptor_serverOfKubeconfig())
                : FormValidation.ok(Messages.ClusterDescriptor_serverMissing());
    }

    private static FormValidation server(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                return FormValidation.error(Messages.ClusterDescriptor_serverInvalid());
            }
            return switch (Util.fixNull(uri.getScheme())) {
                case "https" -> FormValidation.ok();
                case "http" -> FormValidation.warning(Messages.ClusterDescriptor_serverInClear());
                default -> FormValidation.error(Messages.ClusterDescriptor_serverInvalid());
            };
        } catch (URISyntaxException e) {
            return FormValidation.error(Messages.ClusterDescriptor_serverInvalid());
        }
    }

    @POST
    public FormValidation doCheckCaCertificate(@QueryParameter String value) {
        return checked(value, certificate -> {
            try {
                if (!certificate.isEmpty()) {
                    Pem.check(certificate);
                }
                return FormValidation.ok();
            } catch (CertificateException e) {
                return FormValidation.error(Messages.ClusterDescriptor_caInvalid(e.getMessage()));
            }
        });
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @QueryParameter String serverUrl, @QueryParameter String credentialsId) {
        if (!mayConfigure()) {
            return new StandardListBoxModel().includeCurrentValue(credentialsId);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCredentials.class,
                        ClusterCredentials.requirements(Util.fixNull(serverUrl)),
                        AuthenticationTokens.matcher(KubernetesAuth.class))
                .includeCurrentValue(credentialsId);
    }

    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String serverUrl) {
        return checked(value, id -> {
            if (id.isEmpty()) {
                return FormValidation.ok(Messages.ClusterDescriptor_anonymous());
            }
            return find(id, Util.fixNull(serverUrl)).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.ClusterDescriptor_credentialsMissing());
        });
    }

    @POST
    public FormValidation doCheckDefaultNamespace(@QueryParameter String value) {
        return checked(
                value,
                namespace -> namespace.isEmpty() || DnsLabel.is(namespace)
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.ClusterDescriptor_namespaceInvalid(namespace)));
    }

    @POST
    public FormValidation doCheckLabels(@QueryParameter String value) {
        return each(value, LABEL, Messages::ClusterDescriptor_labelInvalid);
    }

    @POST
    public FormValidation doCheckAgentLabel(@QueryParameter String value) {
        return checked(value, LabelExpression::validate);
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteAgentLabel(@QueryParameter String value) {
        return mayConfigure() ? LabelExpression.autoComplete(value) : new AutoCompletionCandidates();
    }

    @POST
    public FormValidation doCheckAllowedFolders(@QueryParameter String value) {
        return checked(value, folders -> {
            Predicate<String> missing =
                    folder -> !folder.contains("*") && Jenkins.get().getItemByFullName(folder) == null;
            return new Words(folders)
                    .list().stream()
                            .filter(missing)
                            .findFirst()
                            .map(folder -> FormValidation.warning(Messages.ClusterDescriptor_folderMissing(folder)))
                            .orElseGet(FormValidation::ok);
        });
    }

    @POST
    public FormValidation doCheckAllowedNamespaces(@QueryParameter String value) {
        return each(value, NAMESPACE_GLOB, Messages::ClusterDescriptor_namespaceInvalid);
    }

    @POST
    public FormValidation doCheckAllowedKinds(@QueryParameter String value) {
        return each(value, KIND_GLOB, Messages::ClusterDescriptor_kindInvalid);
    }

    @POST
    public FormValidation doCheckRequestsInFlight(@QueryParameter String value) {
        return checked(value, FormValidation::validatePositiveInteger);
    }

    /** Connects as a run would, with what is in the form. */
    @POST
    public FormValidation doTestConnection(
            @QueryParameter String name,
            @QueryParameter String serverUrl,
            @QueryParameter String caCertificate,
            @QueryParameter String credentialsId,
            @QueryParameter String agentLabel) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ClusterDefinition cluster = new ClusterDefinition(name);
        cluster.setServerUrl(serverUrl);
        cluster.setCaCertificate(caCertificate);
        cluster.setCredentialsId(credentialsId);
        cluster.setAgentLabel(agentLabel);
        try {
            return FormValidation.ok(ConnectionTest.of(cluster));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static Optional<StandardCredentials> find(String id, String serverUrl) {
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        ClusterCredentials.requirements(serverUrl)),
                CredentialsMatchers.allOf(
                        CredentialsMatchers.withId(Util.fixNull(id)),
                        AuthenticationTokens.matcher(KubernetesAuth.class))));
    }

    private static FormValidation each(String value, Pattern shape, Function<String, String> problem) {
        return checked(
                value,
                text -> new Words(text)
                        .list().stream()
                                .filter(word -> !shape.matcher(word).matches())
                                .findFirst()
                                .map(word -> FormValidation.error(problem.apply(word)))
                                .orElseGet(FormValidation::ok));
    }

    /** Those who may not configure clusters learn nothing from a check. */
    private static FormValidation checked(String value, Function<String, FormValidation> check) {
        return mayConfigure() ? check.apply(Util.fixNull(value).strip()) : FormValidation.ok();
    }

    private static boolean mayConfigure() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }
}

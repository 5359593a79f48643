package io.jenkins.plugins.gitops.cluster;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Item;
import hudson.security.ACL;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.jenkins.plugins.gitops.engine.cluster.ForeignKubeconfig;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.List;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;
import org.jenkinsci.plugins.kubernetes.auth.impl.KubernetesAuthKubeconfig;

/** Turns a Jenkins credential into fabric8's configuration, on the controller. */
final class ClusterCredentials {
    private final String cluster;
    private final String credentialsId;
    private final boolean allowExec;

    ClusterCredentials(String cluster, String credentialsId, boolean allowExec) {
        this.cluster = cluster;
        this.credentialsId = credentialsId;
        this.allowExec = allowExec;
    }

    static List<DomainRequirement> requirements(String serverUrl) {
        return URIRequirementBuilder.fromUri(serverUrl).build();
    }

    /**
     * @param serverUrl as configured; empty when the kubeconfig names it
     * @param caCertificate PEM as configured, or empty
     * @param user what the credential's use is recorded for; null when nobody's
     * @throws AbortException when there is no such credential, or it is not usable
     */
    Config config(String serverUrl, String caCertificate, Item user) throws AbortException {
        if (credentialsId.isEmpty()) {
            requireServer(serverUrl);
            return with(serverUrl, caCertificate, new ConfigBuilder(Config.empty()))
                    .build();
        }
        StandardCredentials credentials = find(serverUrl);
        if (user != null) {
            CredentialsProvider.track(user, credentials);
        }
        KubernetesAuth auth = AuthenticationTokens.convert(KubernetesAuth.class, credentials);
        if (auth == null) {
            throw new AbortException(Messages.ClusterCredentials_unusable(credentialsId, cluster));
        }
        if (auth instanceof KubernetesAuthKubeconfig kubeconfig) {
            return kubeconfig(kubeconfig.getKubeconfig(), serverUrl, caCertificate);
        }
        requireServer(serverUrl);
        try {
            KubernetesAuthConfig server =
                    new KubernetesAuthConfig(serverUrl, caCertificate.isEmpty() ? null : caCertificate, false);
            return auth.decorate(with(serverUrl, caCertificate, new ConfigBuilder(Config.empty())), server)
                    .build();
        } catch (KubernetesAuthException | IllegalArgumentException e) {
            throw new AbortException(Messages.ClusterCredentials_failed(credentialsId, cluster, e.getMessage()));
        }
    }

    /** fabric8 would take {@code kubernetes.default.svc}, and send it the credential. */
    private void requireServer(String serverUrl) throws AbortException {
        if (serverUrl.isEmpty()) {
            throw new AbortException(Messages.ClusterCredentials_noServer(cluster));
        }
    }

    private StandardCredentials find(String serverUrl) throws AbortException {
        List<StandardCredentials> all = CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(serverUrl));
        StandardCredentials found = CredentialsMatchers.firstOrNull(all, CredentialsMatchers.withId(credentialsId));
        if (found == null) {
            throw new AbortException(Messages.ClusterCredentials_missing(credentialsId, cluster));
        }
        return found;
    }

    /** The text is looked at before fabric8 parses it, for fabric8 would run the program that it names. */
    private Config kubeconfig(String text, String serverUrl, String caCertificate) throws AbortException {
        try {
            Config config = ForeignKubeconfig.parse(text, "credential " + credentialsId, allowExec);
            return with(serverUrl, caCertificate, new ConfigBuilder(config)).build();
        } catch (InvalidInputException e) {
            throw new AbortException(Messages.ClusterCredentials_failed(credentialsId, cluster, e.getMessage()));
        }
    }

    /** What the definition says wins over what a kubeconfig says. */
    private static ConfigBuilder with(String serverUrl, String caCertificate, ConfigBuilder builder) {
        if (!serverUrl.isEmpty()) {
            builder.withMasterUrl(serverUrl);
        }
        if (!caCertificate.isEmpty()) {
            builder.withCaCertData(Pem.base64(caCertificate));
        }
        return builder;
    }
}

package io.jenkins.plugins.gitops.cluster;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.field.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * One Kubernetes cluster as an administrator describes it. Lists are saved as the text that was typed; an empty one limits
 * nothing.
 */
public class ClusterDefinition extends AbstractDescribableImpl<ClusterDefinition> {
    private final String name;
    private String serverUrl = "";
    private String caCertificate = "";
    private String credentialsId = "";
    private String defaultNamespace = "";
    private String labels = "";
    private String agentLabel = "";
    private String allowedFolders = "";
    private String allowedNamespaces = "";
    private String allowedKinds = "";
    private boolean watched;
    private int requestsInFlight = ClusterConfig.DEFAULT_REQUESTS_IN_FLIGHT;

    @DataBoundConstructor
    public ClusterDefinition(String name) {
        this.name = text(name);
    }

    public String getName() {
        return name;
    }

    public String getServerUrl() {
        return serverUrl;
    }

    /** @param serverUrl of the API server; may be empty when the credential is a kubeconfig */
    @DataBoundSetter
    public void setServerUrl(String serverUrl) {
        this.serverUrl = text(serverUrl);
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    /** @param caCertificate PEM; empty means that of a kubeconfig, or the authorities that Java trusts */
    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = text(caCertificate);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = text(credentialsId);
    }

    public String getDefaultNamespace() {
        return defaultNamespace;
    }

    @DataBoundSetter
    public void setDefaultNamespace(String defaultNamespace) {
        this.defaultNamespace = text(defaultNamespace);
    }

    public Words getLabels() {
        return new Words(labels);
    }

    /** @param labels such as {@code env=prod region=eu} */
    @DataBoundSetter
    public void setLabels(Words labels) {
        this.labels = labels.text();
    }

    public String getAgentLabel() {
        return agentLabel;
    }

    /** @param agentLabel the nodes from which the cluster is reached; empty means every node */
    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = text(agentLabel);
    }

    public Words getAllowedFolders() {
        return new Words(allowedFolders);
    }

    @DataBoundSetter
    public void setAllowedFolders(Words allowedFolders) {
        this.allowedFolders = allowedFolders.text();
    }

    public Words getAllowedNamespaces() {
        return new Words(allowedNamespaces);
    }

    @DataBoundSetter
    public void setAllowedNamespaces(Words allowedNamespaces) {
        this.allowedNamespaces = allowedNamespaces.text();
    }

    public Words getAllowedKinds() {
        return new Words(allowedKinds);
    }

    @DataBoundSetter
    public void setAllowedKinds(Words allowedKinds) {
        this.allowedKinds = allowedKinds.text();
    }

    /** Whether changes of what applications made there are looked for all the time, so that checks come at once. */
    public boolean isWatched() {
        return watched;
    }

    @DataBoundSetter
    public void setWatched(boolean watched) {
        this.watched = watched;
    }

    public int getRequestsInFlight() {
        return requestsInFlight;
    }

    @DataBoundSetter
    public void setRequestsInFlight(int requestsInFlight) {
        this.requestsInFlight = Math.max(1, requestsInFlight);
    }

    /** @param item null stands for Jenkins itself */
    public boolean isUsableBy(Item item) {
        return new FolderRule(name, getAllowedFolders().list()).allows(item);
    }

    /** The same for an item that is not there yet. */
    public boolean isUsableIn(ItemGroup<?> folder, String name) {
        return new FolderRule(this.name, getAllowedFolders().list()).allowsIn(folder, name);
    }

    /**
     * What a node needs to connect. It holds secrets: it is given to a node and never stored.
     *
     * @param context the item on whose behalf; its use of the credential is recorded
     * @throws AbortException when the item may not use this cluster, or the credential is missing or refused
     */
    public ClusterAccess access(Item context) throws AbortException {
        if (!isUsableBy(context)) {
            Clusters.find(name, context);
        }
        Config config = new ClusterCredentials(
                        name, credentialsId, GitOpsConfiguration.get().isAllowKubeconfigExec())
                .config(serverUrl, caCertificate, context);
        return new ClusterAccess(
                name,
                config.getMasterUrl(),
                config.getCaCertData(),
                config.isTrustCerts(),
                config.getClientCertData(),
                config.getClientKeyData(),
                // A program's token comes as the other one.
                config.getOauthToken() != null ? config.getOauthToken() : config.getAutoOAuthToken(),
                config.getUsername(),
                config.getPassword(),
                requestsInFlight,
                getAllowedNamespaces().list(),
                getAllowedKinds().list());
    }

    private static String text(String value) {
        return Util.fixNull(value).strip();
    }

    @Extension
    @Symbol("cluster")
    public static final class DescriptorImpl extends ClusterDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ClusterDefinition_displayName();
        }
    }
}

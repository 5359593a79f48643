package io.jenkins.plugins.gitops.cluster;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Manage Jenkins, System, GitOps: the clusters. In configuration as code {@code unclassified: gitOps:}. */
@Extension
@Symbol("gitOps")
public class GitOpsConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private List<ClusterDefinition> clusters = new ArrayList<>();
    private boolean allowKubeconfigExec;
    private String healthRules;

    public static GitOpsConfiguration get() {
        return ExtensionList.lookupSingleton(GitOpsConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.GitOpsConfiguration_displayName();
    }

    public synchronized List<ClusterDefinition> getClusters() {
        return List.copyOf(clusters);
    }

    /** @throws IllegalArgumentException when two have the same name, or one has none that is valid */
    public synchronized void setClusters(List<ClusterDefinition> clusters) {
        requireNames(clusters);
        this.clusters = new ArrayList<>(clusters);
        save();
    }

    /** Whether a kubeconfig may name a program that is run on the controller to get the credentials. */
    public synchronized boolean isAllowKubeconfigExec() {
        return allowKubeconfigExec;
    }

    public synchronized void setAllowKubeconfigExec(boolean allowKubeconfigExec) {
        this.allowKubeconfigExec = allowKubeconfigExec;
        save();
    }

    /** Health rules for all applications, after their own; empty when there are none. */
    @NonNull
    public synchronized String getHealthRules() {
        return Util.fixNull(healthRules);
    }

    /** @throws IllegalArgumentException when they are wrong */
    public synchronized void setHealthRules(String healthRules) {
        OwnHealthRules.problem(healthRules).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        this.healthRules = Util.fixEmptyAndTrim(healthRules);
        save();
    }

    @POST
    public FormValidation doCheckHealthRules(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        return OwnHealthRules.check(value);
    }

    Optional<ClusterDefinition> named(String name) {
        return getClusters().stream()
                .filter(cluster -> cluster.getName().equals(name))
                .findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        // An emptied list is absent from the form, and binding would leave the old one.
        List<ClusterDefinition> submitted = request.bindJSONToList(ClusterDefinition.class, json.get("clusters"));
        try (BulkChange change = new BulkChange(this)) {
            setClusters(submitted);
            setAllowKubeconfigExec(json.optBoolean("allowKubeconfigExec"));
            setHealthRules(json.optString("healthRules"));
            change.commit();
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), "clusters");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private static void requireNames(List<ClusterDefinition> clusters) {
        Set<String> names = new HashSet<>();
        for (ClusterDefinition cluster : clusters) {
            if (cluster.getName().isEmpty()) {
                throw new IllegalArgumentException(Messages.ClusterDescriptor_nameMissing());
            }
            if (!ClusterDescriptor.NAME.matcher(cluster.getName()).matches()) {
                throw new IllegalArgumentException(Messages.ClusterDescriptor_nameInvalid());
            }
            if (!names.add(cluster.getName())) {
                throw new IllegalArgumentException(Messages.GitOpsConfiguration_twice(cluster.getName()));
            }
        }
    }
}

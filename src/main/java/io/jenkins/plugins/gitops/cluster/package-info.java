/**
 * The clusters that an administrator has configured, who may use them, and the connections that nodes make to them. What
 * leaves the controller is a {@link io.jenkins.plugins.gitops.cluster.ClusterAccess}, in memory only.
 */
package io.jenkins.plugins.gitops.cluster;

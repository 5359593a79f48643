package io.jenkins.plugins.gitops.cluster;

import hudson.model.Descriptor;

/** The form of a {@link ClusterDefinition}: what fields offer and what is said about them. */
abstract class ClusterDescriptor extends Descriptor<ClusterDefinition> {}

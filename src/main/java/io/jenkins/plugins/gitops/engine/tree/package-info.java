/** What an application's objects own in the cluster, down to the pod that explains why all of it is not well. */
package io.jenkins.plugins.gitops.engine.tree;

/** Helm and Kustomize as tools of Jenkins: configured under Manage Jenkins, installed on nodes, given to the engine. */
package io.jenkins.plugins.gitops.tool;

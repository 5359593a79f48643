/** Kustomizations, built by the real kustomize. */
package io.jenkins.plugins.gitops.engine.render.kustomize;

/** What Kustomize and Helm have in common: where they may read, the process they run in, and what they make. */
package io.jenkins.plugins.gitops.engine.render.build;

/** Turns applications of Argo CD and Flux into ours, and says what of them could not be turned (SEMANTICS 1). */
package io.jenkins.plugins.gitops.engine.importing;

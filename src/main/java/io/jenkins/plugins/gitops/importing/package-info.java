/** Makes items of applications of Argo CD and Flux; what maps to what is the engine's business, and what of it a form holds is ours. */
package io.jenkins.plugins.gitops.importing;

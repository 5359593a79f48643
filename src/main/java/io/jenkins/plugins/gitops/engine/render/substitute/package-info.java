/** Variables in manifests, by the rules of Flux's {@code postBuild} (SEMANTICS 2). */
package io.jenkins.plugins.gitops.engine.render.substitute;

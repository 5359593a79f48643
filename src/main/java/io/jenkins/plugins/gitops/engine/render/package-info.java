/** From a checkout to the desired set of an application (SEMANTICS 2). */
package io.jenkins.plugins.gitops.engine.render;

/** Whether a revision was signed by somebody whom the application trusts; asked before anything of it is rendered. */
package io.jenkins.plugins.gitops.engine.render.signature;

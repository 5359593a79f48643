/** Charts, rendered by the real helm. */
package io.jenkins.plugins.gitops.engine.render.helm;

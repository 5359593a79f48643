/** Watches on clusters: they decide nothing, they have applications checked whose objects changed. */
package io.jenkins.plugins.gitops.watch;

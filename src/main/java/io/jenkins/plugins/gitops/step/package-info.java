/** The pipeline steps. */
package io.jenkins.plugins.gitops.step;

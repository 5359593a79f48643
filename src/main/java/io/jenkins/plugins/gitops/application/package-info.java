/** The Jenkins item of a GitOps application: its configuration, its builds, its triggers. */
package io.jenkins.plugins.gitops.application;

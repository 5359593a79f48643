/** Configuration as code: loaded only where that plugin is installed, so nothing outside may name these classes. */
package io.jenkins.plugins.gitops.casc;

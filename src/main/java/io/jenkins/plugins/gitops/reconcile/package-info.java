/** Carries a reconciliation out on a node: a request goes there, an outcome comes back, the log tells what happens. */
package io.jenkins.plugins.gitops.reconcile;

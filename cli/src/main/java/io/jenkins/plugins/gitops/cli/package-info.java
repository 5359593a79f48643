/**
 * The command line {@code gitops}: a host of the engine. It reads options, makes a checkout, calls the engine and shows
 * what came back; it decides nothing about objects.
 */
package io.jenkins.plugins.gitops.cli;

/**
 * What builds and applications tell about drift and syncs: the reports beside {@code build.xml}, their pages, JSON documents
 * and remote API.
 */
package io.jenkins.plugins.gitops.report;

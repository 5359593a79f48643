/**
 * What an attempt found and did, as records; their JSON is the one document that builds store, the REST API returns, the
 * command line prints and the page draws. Its schemas are published under {@code docs/schema}.
 */
package io.jenkins.plugins.gitops.engine.report;

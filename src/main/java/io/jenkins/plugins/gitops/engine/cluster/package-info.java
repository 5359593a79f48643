/**
 * The API server: the only package that talks to a cluster. Requests are plain JSON over fabric8's HTTP client, because
 * server-side apply, dry runs and managed fields are what this engine is about, and typed models would hide them.
 */
package io.jenkins.plugins.gitops.engine.cluster;

/** The file form of an application (SEMANTICS 1): {@code gitops.yaml}, its reader and its errors. */
package io.jenkins.plugins.gitops.engine.application;

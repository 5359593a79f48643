/** The words of the engine as values: what an application is, what it wants and what was said of it. */
package io.jenkins.plugins.gitops.engine.model;

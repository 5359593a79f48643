/** Decides what is written in which order (SEMANTICS 5). Pure: a comparison in, a plan out. */
package io.jenkins.plugins.gitops.engine.plan;

/** Carries a plan out: concurrency, waiting, progress, cancellation (SEMANTICS 7). */
package io.jenkins.plugins.gitops.engine.sync;

/** Says of one live object whether it is well, and what to look at when it is not (SEMANTICS 9): rules, no requests. */
package io.jenkins.plugins.gitops.engine.health;

/** When drift is undone, and when undoing it is a fight with somebody (SEMANTICS 8). */
package io.jenkins.plugins.gitops.engine.heal;

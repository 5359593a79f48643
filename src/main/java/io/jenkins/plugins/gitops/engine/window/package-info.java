/** When an application may be synced (SEMANTICS 8). */
package io.jenkins.plugins.gitops.engine.window;

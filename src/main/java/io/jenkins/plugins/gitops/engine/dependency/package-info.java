/** Which applications others wait for, and when they need not wait any more (SEMANTICS 8). */
package io.jenkins.plugins.gitops.engine.dependency;

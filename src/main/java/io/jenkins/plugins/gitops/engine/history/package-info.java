/** Every attempt of an application, kept on disk, with the sets of objects that it wanted (SEMANTICS 10). */
package io.jenkins.plugins.gitops.engine.history;

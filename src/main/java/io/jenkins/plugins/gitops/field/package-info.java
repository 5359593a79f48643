/** What one text field of a form holds when it is a list; configuration as code may write a list instead. */
package io.jenkins.plugins.gitops.field;

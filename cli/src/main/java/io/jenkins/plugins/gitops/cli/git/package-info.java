/** Checkouts for the command line: local folders as they are, Git repositories fetched with JGit into a cache folder. */
package io.jenkins.plugins.gitops.cli.git;

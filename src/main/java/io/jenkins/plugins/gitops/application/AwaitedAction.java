package io.jenkins.plugins.gitops.application;

import hudson.model.Action;

/**
 * On a queue item or a build for which something waits, such as a pipeline step. Such a build is never collapsed, and a build
 * that continues it after a crash inherits the action.
 */
public interface AwaitedAction extends Action {}

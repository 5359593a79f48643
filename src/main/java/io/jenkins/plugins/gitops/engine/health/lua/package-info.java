/** Runs the Lua of Argo CD's health checks where it can do no harm: no input or output, little time, little memory. */
package io.jenkins.plugins.gitops.engine.health.lua;

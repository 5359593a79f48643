/** Reading YAML and JSON as Kubernetes clients read it, under limits, and with the position of every node. */
package io.jenkins.plugins.gitops.engine.yaml;

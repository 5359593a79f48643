/** Reading YAML and JSON as Kubernetes clients read it, under limits and with the position of every node; writing it so. */
package io.jenkins.plugins.gitops.engine.yaml;

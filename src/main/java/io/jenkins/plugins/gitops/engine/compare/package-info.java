/** Says what differs between Git and the cluster, field by field, and who made it so (SEMANTICS 4 and 12). */
package io.jenkins.plugins.gitops.engine.compare;

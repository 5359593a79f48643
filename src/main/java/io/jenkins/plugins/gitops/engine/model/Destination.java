package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;

/**
 * Where an application's objects go.
 *
 * @param cluster the name of a configured cluster or kubeconfig context; empty means the host's default
 * @param namespace given to namespaced objects that name none; the inventory lives there
 */
public record Destination(String cluster, String namespace) implements Serializable {}

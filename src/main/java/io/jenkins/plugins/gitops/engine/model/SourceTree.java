package io.jenkins.plugins.gitops.engine.model;

import java.nio.file.Path;

/**
 * A checkout that a host has made; the engine only reads it.
 *
 * @param root the checkout; nothing outside it is read, whatever a path or a symbolic link says
 * @param revision the full commit id, or empty when the folder is not under version control
 */
public record SourceTree(Path root, String revision) {}

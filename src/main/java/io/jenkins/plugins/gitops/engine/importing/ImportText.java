package io.jenkins.plugins.gitops.engine.importing;

/**
 * One text of YAML or JSON documents.
 *
 * @param file as findings shall name it
 * @param bytes UTF-8
 */
public record ImportText(String file, byte[] bytes) {}

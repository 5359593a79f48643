package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;

/**
 * A file of health rules, as users write it; what forms there are, its reader says.
 *
 * @param name as errors shall name it
 */
public record HealthRuleText(String name, String text) implements Serializable {}

package io.jenkins.plugins.gitops.tool;

import java.io.Serializable;

/**
 * The tools that an application asks for, by the names of installations. Where it names none, the first installation of the
 * list counts, and without any the program on the node's search path.
 *
 * @param helm empty for whichever there is
 * @param kustomize empty for whichever there is
 */
public record ToolChoice(String helm, String kustomize) implements Serializable {
    public static final ToolChoice ANY = new ToolChoice("", "");
}

package io.jenkins.plugins.gitops.engine.render.build;

import java.util.List;

/**
 * What a rendering may need beside the checkout and only the host knows.
 *
 * @param variables asked before what the application says
 * @param ageKeys what decrypts SOPS files: texts of key files as {@code age-keygen} writes them, or bare
 *     {@code AGE-SECRET-KEY-1…}
 */
public record HostInputs(Variables variables, List<String> ageKeys) {
    public static final HostInputs NONE = new HostInputs(Variables.NONE, List.of());

    public HostInputs {
        ageKeys = List.copyOf(ageKeys);
    }

    public HostInputs withVariables(Variables others) {
        return new HostInputs(others, ageKeys);
    }

    public HostInputs withAgeKeys(List<String> others) {
        return new HostInputs(variables, others);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return ageKeys.size() + " age keys";
    }
}

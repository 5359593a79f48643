package io.jenkins.plugins.gitops.engine.render.build;

import java.util.List;

/**
 * What a rendering may need beside the checkout and only the host knows.
 *
 * @param variables asked before what the application says
 * @param ageKeys what decrypts SOPS files: texts of key files as {@code age-keygen} writes them, or bare
 *     {@code AGE-SECRET-KEY-1…}
 * @param repositories credentials for chart repositories, before those of the host's own helm configuration
 */
public record HostInputs(Variables variables, List<String> ageKeys, List<RepositoryCredentials> repositories) {
    public static final HostInputs NONE = new HostInputs(Variables.NONE, List.of());

    public HostInputs {
        ageKeys = List.copyOf(ageKeys);
        repositories = List.copyOf(repositories);
    }

    /** Without credentials for chart repositories. */
    public HostInputs(Variables variables, List<String> ageKeys) {
        this(variables, ageKeys, List.of());
    }

    public HostInputs withVariables(Variables others) {
        return new HostInputs(others, ageKeys, repositories);
    }

    public HostInputs withAgeKeys(List<String> others) {
        return new HostInputs(variables, others, repositories);
    }

    public HostInputs withRepositories(List<RepositoryCredentials> others) {
        return new HostInputs(variables, ageKeys, others);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return ageKeys.size() + " age keys, " + repositories;
    }
}

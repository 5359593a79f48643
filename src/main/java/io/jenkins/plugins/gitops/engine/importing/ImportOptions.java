package io.jenkins.plugins.gitops.engine.importing;

import java.util.Map;

/**
 * What the input does not say.
 *
 * @param clusters what clusters are called here, by what the input calls them: the URL of an API server, Argo CD's name of a
 *     cluster, or the name of the Secret or ConfigMap with Flux's kubeconfig
 * @param namespace of applications for which the input names none
 */
public record ImportOptions(Map<String, String> clusters, String namespace) {
    public static final ImportOptions DEFAULT = new ImportOptions(Map.of(), "default");

    public ImportOptions {
        clusters = Map.copyOf(clusters);
    }
}

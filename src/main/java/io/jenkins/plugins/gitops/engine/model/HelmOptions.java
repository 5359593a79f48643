package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * How a chart is rendered. Names and meanings are those of Argo CD's {@code source.helm}; what comes later in this list
 * wins: the chart's values, {@code valueFiles} in order, {@code values}, {@code parameters}, {@code fileParameters}.
 *
 * @param releaseName empty means the application's name
 * @param namespace the release's; empty means the destination's
 * @param valueFiles relative to the source's path, or to the repository's root when they begin with {@code /}, or to
 *     another source when they begin with {@code $ref/}
 * @param ignoreMissingValueFiles a values file that is not there is left out instead of an error
 * @param values a YAML or JSON mapping as text; empty means none
 * @param includeCrds whether the CustomResourceDefinitions of {@code crds/} belong to the application
 * @param skipTests leave out hooks of {@code helm test}
 * @param kubeVersion empty means the destination cluster's
 * @param apiVersions empty means the destination cluster's
 */
public record HelmOptions(
        String releaseName,
        String namespace,
        List<String> valueFiles,
        boolean ignoreMissingValueFiles,
        String values,
        List<Parameter> parameters,
        List<FileParameter> fileParameters,
        boolean includeCrds,
        boolean skipTests,
        boolean skipSchemaValidation,
        String kubeVersion,
        List<String> apiVersions)
        implements Serializable {
    public static final HelmOptions NONE =
            new HelmOptions("", "", List.of(), false, "", List.of(), List.of(), true, false, false, "", List.of());

    public HelmOptions {
        valueFiles = List.copyOf(valueFiles);
        parameters = List.copyOf(parameters);
        fileParameters = List.copyOf(fileParameters);
        apiVersions = List.copyOf(apiVersions);
    }

    /**
     * One value.
     *
     * @param name as {@code helm --set} takes it: {@code image.tag}, {@code hosts[0].name}
     * @param forceString {@code true} and {@code 1} are texts
     */
    public record Parameter(String name, String value, boolean forceString) implements Serializable {}

    /**
     * One value that is the text of a file.
     *
     * @param path as that of a values file
     */
    public record FileParameter(String name, String path) implements Serializable {}
}

package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an application changes in its kustomization, as {@code kustomize edit} would: a value that both set is the
 * application's, lists are added to. Names and meanings are those of Argo CD's {@code source.kustomize}.
 *
 * @param commonLabels set on every object, and unless {@code labelWithoutSelector} on selectors and pod templates too
 * @param forceCommonLabels a label that the kustomization sets too is the application's instead of an error
 * @param labelIncludeTemplates with {@code labelWithoutSelector}: on pod templates too
 * @param components folders relative to the source's path
 * @param ignoreMissingComponents a component whose folder is not there is left out instead of an error
 * @param allowRemoteBases whether kustomizations may name resources of other repositories
 */
public record KustomizeOptions(
        List<Image> images,
        String namePrefix,
        String nameSuffix,
        String namespace,
        Map<String, String> commonLabels,
        boolean forceCommonLabels,
        boolean labelWithoutSelector,
        boolean labelIncludeTemplates,
        Map<String, String> commonAnnotations,
        boolean forceCommonAnnotations,
        List<Patch> patches,
        List<String> components,
        boolean ignoreMissingComponents,
        List<Replicas> replicas,
        boolean allowRemoteBases)
        implements Serializable {
    public static final KustomizeOptions NONE = new KustomizeOptions(
            List.of(), "", "", "", Map.of(), false, false, false, Map.of(), false, List.of(), List.of(), false,
            List.of(), false);

    public KustomizeOptions {
        images = List.copyOf(images);
        commonLabels = ordered(commonLabels);
        commonAnnotations = ordered(commonAnnotations);
        patches = List.copyOf(patches);
        components = List.copyOf(components);
        replicas = List.copyOf(replicas);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * Another image for a name; {@code *} keeps what the kustomization says, empty drops it.
     *
     * @param name as containers have it
     */
    public record Image(String name, String newName, String newTag, String digest) implements Serializable {
        /** Reads {@code name=new:tag}, {@code name:tag}, {@code name@digest} and their combinations. */
        public static Image parse(String text) {
            int equals = text.indexOf('=');
            String image = text.substring(equals + 1);
            int at = image.indexOf('@');
            String digest = at < 0 ? "" : image.substring(at + 1);
            String tagged = at < 0 ? image : image.substring(0, at);
            int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
            String tag = colon < 0 ? "" : tagged.substring(colon + 1);
            String name = colon < 0 ? tagged : tagged.substring(0, colon);
            return equals < 0
                    ? new Image(name, "", tag, digest)
                    : new Image(text.substring(0, equals), name, tag, digest);
        }
    }

    /**
     * A strategic merge patch or a JSON 6902 patch.
     *
     * @param path of a file below the source's path, instead of {@code patch}
     * @param patch its text
     * @param target as in a kustomization: group, version, kind, name, namespace, labelSelector, annotationSelector
     * @param options as in a kustomization: allowNameChange, allowKindChange
     */
    public record Patch(String path, String patch, Map<String, String> target, Map<String, Boolean> options)
            implements Serializable {
        public Patch {
            target = Collections.unmodifiableMap(new LinkedHashMap<>(target));
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /** How many replicas the workloads of a name have. */
    public record Replicas(String name, long count) implements Serializable {}
}

package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.importing.Draft.Dependency;
import io.jenkins.plugins.gitops.engine.importing.FluxSources.Reference;
import io.jenkins.plugins.gitops.engine.report.ImportReport.HostSettings;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@code Kustomization} of Flux. */
final class FluxKustomization {
    static final String GROUP = "kustomize.toolkit.fluxcd.io";

    private final ImportOptions options;
    private final FluxSources sources;
    private final Findings findings;

    FluxKustomization(ImportOptions options, FluxSources sources, Findings findings) {
        this.options = options;
        this.sources = sources;
        this.findings = findings;
    }

    /** Empty when there is no source to render; then it is told why. */
    Optional<Draft> map(ForeignObject object) {
        sources.begin();
        Fields root = Fields.of(object, findings);
        root.pass("apiVersion", "kind", "status");
        String name = Metadata.read(root);
        Fields fields = root.block("spec");
        Form source = source(object, fields);
        String target = fields.text("targetNamespace").orElse("");
        Form destination = FluxCommon.destination(options, object, fields, target);
        Form spec = new Form()
                .block("source", source)
                .block("destination", destination)
                .block("sync", sync(fields))
                .block("compare", new Form().blocks("ignore", FluxIgnore.read(fields.blocks("ignore"))))
                .block("health", FluxHealth.read(fields.blocks("healthCheckExprs")));
        substitute(object, fields.block("postBuild"), destination)
                .ifPresent(block -> spec.node().set("substitute", block));
        rest(fields);
        HostSettings host = FluxCommon.host(fields, true);
        List<Dependency> dependencies = FluxCommon.dependencies(object, fields);
        fields.finish();
        root.finish();
        return source.has("repository")
                ? Optional.of(new Draft(object, name, spec.node(), host, dependencies, sources.taken()))
                : Optional.empty();
    }

    /** Flux builds every folder with Kustomize, and makes a kustomization where there is none; so does this renderer. */
    private Form source(ForeignObject object, Fields fields) {
        Form source = new Form();
        Reference reference = Reference.read(fields.block("sourceRef"), object);
        if (List.of("", "GitRepository").contains(reference.kind())) {
            sources.find(reference).ifPresent(git -> source.setAll(sources.git(git)));
        } else {
            sources.refuse(reference);
        }
        source.text("path", ArgoSource.relative(fields.text("path").orElse("")));
        return source.text("renderer", "kustomize").block("kustomize", kustomize(fields));
    }

    private static Form kustomize(Fields fields) {
        Form form = new Form();
        List<Form> images = new ArrayList<>();
        for (Fields image : fields.blocks("images")) {
            images.add(new Form()
                    .text("name", image.text("name"))
                    .text("newName", image.text("newName"))
                    .text("newTag", image.text("newTag"))
                    .text("digest", image.text("digest")));
            image.finish();
        }
        List<Form> patches = new ArrayList<>(KustomizePatches.read(fields.blocks("patches")));
        Fields common = fields.block("commonMetadata");
        Map<String, String> labels = common.textsByName("labels");
        Map<String, String> annotations = common.textsByName("annotations");
        common.finish();
        if (!annotations.isEmpty()) {
            patches.add(annotations(annotations));
        }
        return form.blocks("images", images)
                .text("namePrefix", fields.text("namePrefix"))
                .text("nameSuffix", fields.text("nameSuffix"))
                .text("namespace", fields.text("targetNamespace"))
                .textsByName("commonLabels", labels)
                .flag("forceCommonLabels", !labels.isEmpty())
                .flag("labelWithoutSelector", !labels.isEmpty())
                .blocks("patches", patches)
                .texts("components", fields.texts("components"))
                .flag("ignoreMissingComponents", fields.flag("ignoreMissingComponents"));
    }

    /** On objects alone; Kustomize's own commonAnnotations would go on pod templates too, and restart every pod. */
    private static Form annotations(Map<String, String> annotations) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.put("apiVersion", "v1").put("kind", "Any");
        ObjectNode metadata = patch.putObject("metadata").put("name", "any");
        annotations.forEach(metadata.putObject("annotations")::put);
        return new Form().text("patch", ManifestYaml.write(patch)).block("target", new Form().text("kind", ".*"));
    }

    private static Form sync(Fields fields) {
        Form sync = new Form().flag("prune", fields.flag("prune"));
        FluxCommon.noteOnPrune(fields);
        boolean checks = fields.has("healthChecks");
        if (!fields.flag("wait") && !checks) {
            sync.set("wait", BooleanNode.FALSE);
        }
        fields.note(
                "healthChecks",
                fields.flag("wait")
                        ? "has no effect beside wait, in Flux either"
                        : "a sync waits until all its objects are healthy, not only these",
                "");
        sync.text("timeout", fields.text("timeout"));
        if (fields.flag("force")) {
            sync.texts("options", List.of("Force=true"));
        }
        // Flux undoes drift at every interval, and there is no way to switch that off.
        return sync.text("drift", "heal");
    }

    private static Optional<ObjectNode> substitute(ForeignObject object, Fields fields, Form destination) {
        ObjectNode values = fields.mapping("substitute").orElse(JsonNodeFactory.instance.objectNode());
        List<Form> from = new ArrayList<>();
        String namespace = destination.node().path("namespace").asText();
        for (Fields item : fields.blocks("substituteFrom")) {
            from.add(new Form()
                    .text("kind", item.text("kind"))
                    .text("name", item.text("name"))
                    .flag("optional", item.flag("optional")));
            if (!namespace.equals(object.namespace())) {
                item.unmappedHere(
                        "is read from the destination's namespace " + namespace + ", in Flux from the Kustomization's, "
                                + object.namespace(),
                        "copy it there");
            }
            item.finish();
        }
        boolean always =
                fields.text("substituteStrategy").filter("Always"::equals).isPresent();
        boolean any = always || !values.isEmpty() || !from.isEmpty();
        if (any) {
            fields.noteHere(
                    "a variable that is undefined and has no default is an error here; Flux puts nothing in its place",
                    "write ${name:=} where nothing is meant");
        }
        fields.finish();
        ObjectNode block = new Form()
                .textsByName("values", texts(values))
                .blocks("from", from)
                .node();
        return any ? Optional.of(block) : Optional.empty();
    }

    private static Map<String, String> texts(ObjectNode mapping) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static void rest(Fields fields) {
        fields.unmapped(
                "buildMetadata",
                "no annotations about the build are put on objects",
                "reports say where an object comes from: file and line");
        Fields decryption = fields.block("decryption");
        decryption.note(
                "provider",
                "files that SOPS encrypted for age keys are decrypted without being told",
                "give the host the age key: gitops --age-key-file; see docs/sops.md");
        decryption.note("secretRef", "keys are not read from the cluster", "give the host the age key");
        decryption.unmapped(
                "serviceAccountName",
                "the key services of clouds are not asked",
                "encrypt the files for an age key too: sops updatekeys");
        decryption.finish();
        fields.note(
                "retryInterval",
                "a sync that failed for something that may pass is tried again as sync.retry says; after that, at the next"
                        + " commit, by a healing check or when somebody asks",
                "");
        Optional<String> policy = fields.text("deletionPolicy");
        if (policy.filter("Orphan"::equals).isPresent()) {
            fields.unmapped(
                    "deletionPolicy",
                    "what becomes of the objects is said when the application is deleted",
                    "use gitops delete --keep-objects, or let them stay when the item is deleted in Jenkins");
        } else {
            fields.note(
                    "deletionPolicy",
                    "what becomes of the objects is said when the application is deleted",
                    "gitops delete deletes them and waits");
        }
    }
}

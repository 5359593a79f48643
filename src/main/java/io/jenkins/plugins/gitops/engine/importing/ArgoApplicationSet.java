package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An {@code ApplicationSet} of Argo CD. What a list generator makes of its template is known from the file alone, and so are its
 * Applications; all other generators ask somebody.
 */
final class ArgoApplicationSet {
    private static final String EXPORT =
            "import what it generated: kubectl get applications -n argocd -o yaml | gitops import -";

    private final Findings findings;

    ArgoApplicationSet(Findings findings) {
        this.findings = findings;
    }

    /** The Applications; none, and told why, when they are not known from the file. */
    List<ForeignObject> expand(ForeignObject set) {
        JsonNode spec = set.content().path("spec");
        Optional<String> reason = reason(spec);
        List<ForeignObject> applications = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>();
        for (JsonNode generator : spec.path("generators")) {
            for (JsonNode element : generator.path("list").path("elements")) {
                ListTemplate template =
                        new ListTemplate(element, spec.path("goTemplate").asBoolean(false));
                applications.add(application(set, template, applications.size() + 1));
                unknown.addAll(template.unknown());
            }
        }
        if (reason.isEmpty() && !unknown.isEmpty()) {
            reason =
                    Optional.of("its template has more than the values of its elements: " + String.join(", ", unknown));
        }
        if (reason.isPresent()) {
            findings.unmapped(set, "", "no applications are made of it: " + reason.get(), EXPORT);
            return List.of();
        }
        tell(set, applications.size());
        return applications;
    }

    private static Optional<String> reason(JsonNode spec) {
        for (JsonNode generator : spec.path("generators")) {
            if (generator.size() != 1
                    || !generator.path("list").path("elements").isArray()) {
                return Optional.of(
                        "only what list generators with elements make is known from the file alone, and it has: "
                                + kinds(spec));
            }
            if (generator.path("list").size() != 1) {
                return Optional.of("a generator with a template of its own, or with elementsYaml, is not followed");
            }
        }
        if (spec.path("generators").isEmpty()
                || !spec.path("template").path("spec").isObject()) {
            return Optional.of("it has no generator, or no template");
        }
        return spec.has("templatePatch") ? Optional.of("templatePatch is not followed") : Optional.empty();
    }

    /** As they are written, those inside a {@code matrix} or a {@code merge} too. */
    private static String kinds(JsonNode spec) {
        TreeSet<String> kinds = new TreeSet<>();
        for (JsonNode generator : spec.path("generators")) {
            generator.properties().forEach(kind -> {
                List<String> inside = new ArrayList<>();
                kind.getValue()
                        .path("generators")
                        .forEach(one -> one.fieldNames().forEachRemaining(inside::add));
                kinds.add(inside.isEmpty() ? kind.getKey() : kind.getKey() + " of " + String.join(" and ", inside));
            });
        }
        return String.join(", ", kinds);
    }

    private static ForeignObject application(ForeignObject set, ListTemplate values, int variant) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("apiVersion", set.content().path("apiVersion").asText()).put("kind", "Application");
        content.setAll((ObjectNode) values.fill(template(set)));
        if (content.path("metadata") instanceof ObjectNode metadata && !metadata.has("namespace")) {
            metadata.put("namespace", set.namespace());
        }
        return new ForeignObject(set.document(), set.pointer() + "/spec/template", content, variant);
    }

    private static ObjectNode template(ForeignObject set) {
        return set.content().path("spec").path("template") instanceof ObjectNode template
                ? template
                : JsonNodeFactory.instance.objectNode();
    }

    private void tell(ForeignObject set, int applications) {
        Fields root = Fields.of(set, findings);
        root.pass("apiVersion", "kind", "status");
        Metadata.read(root);
        root.noteHere(
                "application files are made of its elements as they are now (" + applications
                        + "), not of those that are" + " added later",
                "add a file for each of those");
        Fields fields = root.block("spec");
        fields.pass("generators", "template", "goTemplate", "goTemplateOptions", "applyNestedSelectors");
        fields.unmapped(
                "strategy",
                "applications are not rolled out one after the other",
                "say dependsOn, or let a pipeline sync them in order");
        fields.note("syncPolicy", "application files are not made or deleted by themselves", "");
        fields.note("preservedFields", "application files are not overwritten", "");
        fields.note("ignoreApplicationDifferences", "application files are not overwritten", "");
        fields.finish();
        root.finish();
    }
}

package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.render.substitute.ObjectVariables;
import io.jenkins.plugins.gitops.engine.render.substitute.ObjectVariables.Substituted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from the documents of all sources, whatever made them, to the desired set: checked, and completed with what
 * SEMANTICS 2 adds. Collects every problem; used by one thread for one set.
 */
final class DesiredObjects {
    private final Optional<ObjectVariables> variables;
    private HiddenTexts decryptedTexts = HiddenTexts.NONE;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Written> objects = new ArrayList<>();
    private final Lists lists = new Lists(problems::add);
    private final EncryptedValues encrypted = new EncryptedValues(problems::add);
    private final ObjectShape shape = new ObjectShape(problems::add);
    private final SteeringAnnotations steering = new SteeringAnnotations(problems::add, warnings::add);

    /** @param variables of the manifests; empty means that there are none, and ${…} is text */
    DesiredObjects(Optional<ObjectVariables> variables) {
        this.variables = variables;
    }

    void add(ObjectNode content, Written.Place place) {
        add(content, place, HiddenTexts.NONE);
    }

    /** @param decrypted texts that must not be seen where they are, Secrets excepted, which nobody sees anyway */
    void add(ObjectNode content, Written.Place place, HiddenTexts decrypted) {
        decryptedTexts = decryptedTexts.and(decrypted);
        lists.flatten(
                new Written(content, place, ""),
                object -> substitute(hiding(object, decrypted))
                        .filter(shape::check)
                        .ifPresent(checked -> {
                            steering.check(checked);
                            encrypted.check(checked);
                            objects.add(checked);
                        }));
    }

    /** Of what every object shows, its name for one, nothing can be hidden. */
    private static Written hiding(Written object, HiddenTexts decrypted) {
        if (decrypted.isEmpty() || object.manifest().key().isSecret()) {
            return object;
        }
        ObjectNode rest = object.content().objectNode();
        rest.setAll(object.content());
        rest.remove(List.of("apiVersion", "kind", "metadata"));
        rest.set("annotations", object.content().path("metadata").path("annotations"));
        return object.hiding(decrypted.in(rest));
    }

    /** Empty when a value is missing: what else is wrong with the object nobody knows then. */
    private Optional<Written> substitute(Written object) {
        if (variables.isEmpty()) {
            return Optional.of(object);
        }
        int before = problems.size();
        Substituted result = variables
                .get()
                .substitute(
                        object.content(),
                        object.hidden(),
                        (pointer, what) -> problems.add(object.problem(pointer, named(object, what))));
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(object.withContent(result.content()).hiding(result.hidden()));
    }

    private static String named(Written object, String what) {
        JsonNode content = object.content();
        String name = content.path("metadata").path("name").asText("");
        return (content.path("kind").asText("") + " " + name).strip() + ": " + what;
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    /**
     * The desired set.
     *
     * @param defaultNamespace given to namespaced objects that name none
     * @param scopes asked for kinds that no CustomResourceDefinition of the set defines
     * @throws InvalidInputException with every problem of the set
     */
    Rendered complete(String defaultNamespace, Scopes scopes) {
        Namespaces namespaces = new Namespaces(defaultNamespace, scopes, objects, warnings::add);
        ServerFields serverFields = new ServerFields(warnings::add);
        SecretData secrets = new SecretData(problems::add);
        List<Manifest> manifests = new ArrayList<>();
        for (Written object : objects) {
            ObjectNode content = object.content().deepCopy();
            serverFields.remove(object, content);
            secrets.merge(object, content);
            namespaces.resolve(object, content);
            manifests.add(new Manifest(content, object.origin(), object.hidden()));
        }
        reportDuplicates(manifests);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    problems.stream().map(this::withoutSecrets).toList());
        }
        return new Rendered(
                manifests,
                warnings.stream()
                        .map(this::withoutSecrets)
                        .map(Problem::toString)
                        .toList(),
                namespaces.unknownKinds(),
                secrets(manifests));
    }

    private HiddenTexts secrets(List<Manifest> manifests) {
        List<String> texts = new ArrayList<>(decryptedTexts.texts());
        variables.ifPresent(known -> texts.addAll(known.secrets()));
        manifests.forEach(manifest -> texts.addAll(manifest.hidden().texts()));
        return HiddenTexts.of(texts);
    }

    private Problem withoutSecrets(Problem problem) {
        return decryptedTexts.isEmpty() ? problem : new Problem(problem.where(), decryptedTexts.scrub(problem.what()));
    }

    private void reportDuplicates(List<Manifest> manifests) {
        Map<ResourceKey, Manifest> first = new HashMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.key().name().isEmpty()) {
                // A hook with generateName: each run names it anew.
                continue;
            }
            Manifest other = first.putIfAbsent(manifest.key(), manifest);
            if (other != null) {
                problems.add(Problem.at(
                        manifest.origin(),
                        manifest.key() + " is already defined at " + other.origin() + "; remove one of the two"));
            }
        }
    }
}

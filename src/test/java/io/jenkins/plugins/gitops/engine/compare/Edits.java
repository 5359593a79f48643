package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.Admin;
import java.util.List;
import java.util.Random;

/** What others do to a live object: people, controllers and other appliers. */
record Edits(Admin admin, String namespace, Random random) {
    private static final List<String> MANAGERS =
            List.of("kubectl-edit", "controller", "kubectl-client-side-apply", "jenkins-gitops", "helm");

    /** One edit at random. @return the object's name */
    String of(String object, ObjectNode applied) {
        Mutations mutations = new Mutations(random);
        String manager = MANAGERS.get(random.nextInt(MANAGERS.size()));
        ObjectNode live = admin.get(object, namespace).orElseThrow();
        switch (random.nextInt(12)) {
            // The whole object, a little changed, as kubectl edit sends it.
            case 0, 1, 2, 3 -> replace(object, live, mutations.of(live, 1 + random.nextInt(2), applied), manager);
            // Declares a part of what we declare, with the same values, or with others.
            case 4, 5 -> admin.apply(part(applied), namespace, "other-applier");
            case 6 -> admin.apply(part(mutations.of(applied, 1)), namespace, "other-applier");
            // Away, and back again: whose is it now?
            case 7, 8 -> {
                ObjectNode changed = mutations.of(live, 1);
                replace(object, live, changed, manager);
                ObjectNode now = admin.get(object, namespace).orElseThrow();
                replace(object, now, live, manager);
            }
            // As kubectl scale and the like.
            case 9 -> admin.patch(object, namespace, "merge", label(), manager, "");
            // Nobody's any more.
            case 10 -> admin.patch(object, namespace, "merge", unowned(), manager, "");
            // Ours again.
            default -> admin.apply(applied, namespace, "jenkins-gitops");
        }
        return object;
    }

    private void replace(String object, ObjectNode live, ObjectNode then, String manager) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (String field : List.of(
                "metadata/labels", "metadata/annotations", "spec", "data", "rules", "subjects", "imagePullSecrets")) {
            JsonPointer place = JsonPointer.compile("/" + field);
            JsonNode before = live.at(place);
            JsonNode after = then.at(place);
            if (!before.equals(after)) {
                ObjectNode step = patch.addObject().put("path", place.toString());
                step.put("op", after.isMissingNode() ? "remove" : "add");
                if (!after.isMissingNode()) {
                    step.set("value", after);
                }
            }
        }
        admin.patch(object, namespace, "json", patch, manager, "");
    }

    private ObjectNode part(ObjectNode object) {
        ObjectNode part = object.deepCopy();
        List<JsonPointer> places = Mutations.places(part);
        for (int i = random.nextInt(4); i > 0; i--) {
            Mutations.remove(part, places.get(random.nextInt(places.size())));
        }
        return part;
    }

    private static ObjectNode label() {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/labels").put("added", "x");
        return patch;
    }

    private static ObjectNode unowned() {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata").putArray("managedFields").addObject();
        return patch;
    }
}

package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All objects of the input, and which of them were referred to by others. */
final class ForeignObjects {
    private final List<ForeignObject> all = new ArrayList<>();
    private final Set<ForeignObject> used = new HashSet<>();

    /** @throws InvalidInputException with every problem of the texts; what is no YAML cannot be read in part */
    ForeignObjects(List<ImportText> texts) {
        List<Problem> problems = new ArrayList<>();
        for (ImportText text : texts) {
            for (YamlDocument document : new YamlReader().read(text.file(), text.bytes(), problems::add)) {
                add(document, "", document.content(), problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private void add(YamlDocument document, String pointer, ObjectNode content, List<Problem> problems) {
        JsonNode items = content.path("items");
        if (!items.isArray() || !content.path("kind").asText().endsWith("List")) {
            all.add(new ForeignObject(document, pointer, content));
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            String at = pointer + "/items/" + i;
            if (items.get(i) instanceof ObjectNode item) {
                add(document, at, item, problems);
            } else {
                problems.add(document.problem(at, "is an item of a List, but no object"));
            }
        }
    }

    /** In the order of the input. */
    List<ForeignObject> all() {
        return all;
    }

    /** Puts what an object generates after it. */
    void generated(ForeignObject by, List<ForeignObject> objects) {
        all.addAll(all.indexOf(by) + 1, objects);
    }

    /** The object of this name; it counts as used from now on. */
    Optional<ForeignObject> find(String group, String kind, String namespace, String name) {
        Optional<ForeignObject> found = all.stream()
                .filter(object -> object.is(group, kind))
                .filter(object -> object.name().equals(name))
                .filter(object -> object.namespace().equals(namespace))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    /** The objects of this name in whatever namespace; they count as used from now on. */
    List<ForeignObject> named(String group, String kind, String name) {
        List<ForeignObject> found = all.stream()
                .filter(object -> object.is(group, kind))
                .filter(object -> object.name().equals(name))
                .toList();
        used.addAll(found);
        return found;
    }

    boolean isUsed(ForeignObject object) {
        return used.contains(object);
    }
}

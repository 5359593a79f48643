package io.jenkins.plugins.gitops.engine.render.substitute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.Substitution.Kind;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import io.jenkins.plugins.gitops.engine.render.build.Variables;
import io.jenkins.plugins.gitops.engine.render.build.Variables.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All variables of one rendering: the host's win over the application's values, and these over those of objects, of which later
 * ones win over earlier ones. As in Flux a value of the last two loses its line breaks, and a key of an object that is no name
 * of a variable is left out.
 */
public final class KnownVariables {
    private final Variables host;
    private final Map<String, Value> declared = new HashMap<>();
    private final Map<String, Optional<Value>> asked = new HashMap<>();

    /** @throws InvalidInputException with every object of values that is missing or no such object */
    public KnownVariables(Substitution substitution, Variables host, ValueObjects objects) {
        this.host = host;
        List<Problem> problems = new ArrayList<>();
        for (ValuesFrom from : substitution.from()) {
            Optional<ObjectNode> object = objects.find(from);
            if (object.isPresent()) {
                read(from, object.get(), problems);
            } else if (!from.optional()) {
                problems.add(new Problem(
                        "substitute.from",
                        from + " is not in the destination's namespace; create it, or say that it is optional"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        substitution.values().forEach((name, text) -> declared.put(name, new Value(oneLine(text), false)));
    }

    private void read(ValuesFrom from, ObjectNode object, List<Problem> problems) {
        boolean secret = from.kind() == Kind.Secret;
        for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
            if (!Substitution.isName(entry.getKey())) {
                continue;
            }
            String text = entry.getValue().asText();
            try {
                String value = secret ? new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8) : text;
                declared.put(entry.getKey(), new Value(oneLine(value), secret));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem("substitute.from", from + ": data." + entry.getKey() + " is no base64"));
            }
        }
    }

    private static String oneLine(String text) {
        return text.replace("\n", "");
    }

    Optional<Value> find(String name) {
        return asked.computeIfAbsent(
                name, unknown -> host.find(unknown).or(() -> Optional.ofNullable(declared.get(unknown))));
    }

    Set<String> secrets() {
        return Stream.concat(declared.values().stream(), asked.values().stream().flatMap(Optional::stream))
                .filter(Value::secret)
                .map(Value::text)
                .collect(Collectors.toSet());
    }

    /** Of which a wrong name may be a misspelling. */
    Set<String> names() {
        return declared.keySet();
    }
}

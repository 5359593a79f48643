package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.health.KindRule.Otherwise;
import io.jenkins.plugins.gitops.engine.health.KindRule.State;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the rules of a document of kind {@code HealthRules}, the form of the built-in {@code rules.yaml} too. */
final class RuleFile {
    static final String KIND = "HealthRules";

    private static final Set<String> GROUP_FIELDS =
            new TreeSet<>(List.of("group", "kinds", "source", "first", "withoutStatus", "rules", "otherwise"));
    private static final Set<String> STATE_FIELDS = new TreeSet<>(List.of("status", "when", "message"));
    private static final Set<HealthStatus> STATUSES = new TreeSet<>(List.of(
            HealthStatus.Healthy,
            HealthStatus.Suspended,
            HealthStatus.Progressing,
            HealthStatus.Degraded,
            HealthStatus.Unknown));

    private final YamlDocument document;
    private final List<Problem> problems = new ArrayList<>();

    private RuleFile(YamlDocument document) {
        this.document = document;
    }

    /** @throws InvalidInputException with every problem, at file:line:column; expressions are not looked at */
    static List<KindRule> read(YamlDocument document) {
        RuleFile file = new RuleFile(document);
        List<KindRule> rules = file.rules();
        if (!file.problems.isEmpty()) {
            throw new InvalidInputException(file.problems);
        }
        return rules;
    }

    private List<KindRule> rules() {
        JsonNode content = document.content();
        onlyFields("", content, new TreeSet<>(List.of("apiVersion", "kind", "metadata", "groups")));
        List<KindRule> rules = new ArrayList<>();
        for (int i = 0; i < list("/groups", content.path("groups")).size(); i++) {
            String at = "/groups/" + i;
            JsonNode group = content.path("groups").get(i);
            onlyFields(at, group, GROUP_FIELDS);
            rules.add(new KindRule(
                    group(at, group),
                    kinds(at + "/kinds", group.path("kinds")),
                    group.path("source").asText(),
                    states(at + "/first", group.path("first")),
                    withoutStatus(at + "/withoutStatus", group.path("withoutStatus")),
                    states(at + "/rules", group.path("rules")),
                    otherwise(at + "/otherwise", group.path("otherwise"))));
        }
        return rules;
    }

    private String group(String at, JsonNode entry) {
        String group = entry.path("group").asText();
        if (!entry.path("group").isTextual() || group.lastIndexOf('*') > 0) {
            report(at + "/group", "group must be an API group, or one that begins with * such as \"*.example.com\"");
        }
        return group;
    }

    private List<String> kinds(String at, JsonNode value) {
        List<String> kinds = new ArrayList<>();
        list(at, value).forEach(kind -> kinds.add(kind.asText()));
        return List.copyOf(kinds);
    }

    private Optional<HealthStatus> withoutStatus(String at, JsonNode value) {
        if (value.isMissingNode()) {
            return Optional.of(HealthStatus.Progressing);
        }
        return value.asText().equals("none") ? Optional.empty() : Optional.of(status(at, value, "none"));
    }

    private Otherwise otherwise(String at, JsonNode value) {
        return switch (value.asText()) {
            case "", "generic" -> new Otherwise.Generic();
            case "none" -> new Otherwise.NoHealth();
            default -> new Otherwise.Fixed(status(at, value, "generic or none"));
        };
    }

    private List<State> states(String at, JsonNode value) {
        List<State> states = new ArrayList<>();
        for (int i = 0; i < list(at, value).size(); i++) {
            String here = at + "/" + i;
            JsonNode state = value.get(i);
            onlyFields(here, state, STATE_FIELDS);
            HealthStatus status = status(here + "/status", state.path("status"), "nothing else");
            String message = state.path("message").asText();
            if (message.isEmpty() && status != HealthStatus.Healthy) {
                report(here, "message is missing: an object that is not Healthy must say why");
            }
            if (state.path("when").asText().isEmpty()) {
                report(here, "when is missing: a CEL expression over obj");
            }
            states.add(new State(status, state.path("when").asText(), message));
        }
        return List.copyOf(states);
    }

    private HealthStatus status(String at, JsonNode value, String also) {
        Optional<HealthStatus> status = STATUSES.stream()
                .filter(known -> known.name().equals(value.asText()))
                .findFirst();
        if (status.isEmpty()) {
            report(at, "must be one of " + STATUSES + ", or " + also + ", but is \"" + value.asText() + "\"");
        }
        return status.orElse(HealthStatus.Unknown);
    }

    private JsonNode list(String at, JsonNode value) {
        if (!value.isMissingNode() && !value.isArray()) {
            report(at, "must be a list");
        }
        return value;
    }

    private void onlyFields(String at, JsonNode node, Set<String> allowed) {
        if (!node.isObject()) {
            report(at, "must be a mapping");
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                report(at + "/" + field, field + " is unknown; allowed here: " + String.join(", ", allowed));
            }
        });
    }

    private void report(String at, String what) {
        problems.add(document.problem(at, what));
    }
}

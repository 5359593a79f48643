package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label selector as kubectl takes it: {@code app=web,tier!=db,env in (prod,stage),!draft}; all parts must hold.
 *
 * @param text as it was written
 */
public record LabelSelector(String text, List<Requirement> requirements) implements Serializable {
    private static final String LABEL = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
    private static final String VALUE = "[-A-Za-z0-9_.]*";
    private static final Pattern SET =
            Pattern.compile("(?<label>" + LABEL + ")\\s+(?<op>in|notin)\\s*\\((?<values>[^()]*)\\)");
    private static final Pattern EQUALITY =
            Pattern.compile("(?<label>" + LABEL + ")\\s*(?<op>==|=|!=)\\s*(?<values>" + VALUE + ")");
    private static final Pattern EXISTENCE = Pattern.compile("(?<op>!?)\\s*(?<label>" + LABEL + ")");
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

    /**
     * One part.
     *
     * @param in whether the label must have one of the values, or must not; without values: whether it must be there
     */
    public record Requirement(String label, boolean in, List<String> values) implements Serializable {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean holds(JsonNode labels) {
            JsonNode value = labels.path(label);
            boolean holds = value.isTextual() && (values.isEmpty() || values.contains(value.textValue()));
            return holds == in;
        }
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** @throws InvalidInputException when the text is no selector; {@code option} says where it was given */
    public static LabelSelector parse(String option, String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : COMMA_OUTSIDE_PARENTHESES.split(text.strip(), -1)) {
            requirements.add(requirement(option, part.strip()));
        }
        return new LabelSelector(text.strip(), requirements);
    }

    private static Requirement requirement(String option, String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group("values").split(","))
                    .map(String::strip)
                    .toList();
            return new Requirement(set.group("label"), set.group("op").equals("in"), values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            return new Requirement(
                    equality.group("label"), !equality.group("op").equals("!="), List.of(equality.group("values")));
        }
        Matcher existence = EXISTENCE.matcher(part);
        if (existence.matches()) {
            return new Requirement(
                    existence.group("label"), existence.group("op").isEmpty(), List.of());
        }
        throw new InvalidInputException(
                option, "\"" + part + "\" selects no labels: write app=web, tier!=db, env in (prod,stage), or !draft");
    }

    /** Whether a desired or a live object is selected. */
    public boolean selects(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    @Override
    public String toString() {
        return text;
    }
}

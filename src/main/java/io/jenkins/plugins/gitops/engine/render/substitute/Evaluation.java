package io.jenkins.plugins.gitops.engine.render.substitute;

import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.NearestName;
import io.jenkins.plugins.gitops.engine.render.build.Variables.Value;
import io.jenkins.plugins.gitops.engine.render.substitute.Part.Expression;
import io.jenkins.plugins.gitops.engine.render.substitute.Part.Literal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The value of one text with its variables; what is not needed, such as an unused default, is not evaluated. */
final class Evaluation {
    private final KnownVariables variables;
    private final Set<String> secrets = new HashSet<>();

    private Evaluation(KnownVariables variables) {
        this.variables = variables;
    }

    /**
     * A text with values.
     *
     * @param secrets secret values in it, as they are and as functions changed them; empty when it holds none
     */
    record Result(String text, Set<String> secrets) {}

    static Result of(List<Part> parts, KnownVariables variables) throws ExpressionException {
        Evaluation evaluation = new Evaluation(variables);
        String text = evaluation.text(parts);
        if (!evaluation.secrets.isEmpty()) {
            evaluation.secrets.add(text);
        }
        return new Result(text, Set.copyOf(evaluation.secrets));
    }

    private String text(List<Part> parts) throws ExpressionException {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Expression expression -> value(expression);
                    });
        }
        return text.toString();
    }

    private String value(Expression expression) throws ExpressionException {
        Optional<Value> found = variables.find(expression.name());
        if (found.isEmpty() && !expression.operator().toleratesUndefined()) {
            throw new ExpressionException(undefined(expression), expression.written());
        }
        String value = found.map(Value::text).orElse("");
        String result = apply(expression, value, found.isPresent());
        if (found.isPresent() && found.get().secret()) {
            secrets.add(value);
            secrets.add(result);
        }
        return result;
    }

    private String undefined(Expression expression) {
        if (expression.name().startsWith("credentials:")) {
            return expression.written()
                    + ": there is no such credential here; manifests have those that the application lists in Jenkins";
        }
        String near = NearestName.of(expression.name(), variables.names())
                .map(name -> "did you mean \"" + name + "\"? ")
                .orElse("");
        return "the variable \"" + expression.name() + "\" of " + expression.written() + " is undefined; " + near
                + "give it a value, or a default (${" + expression.name()
                + ":=…}), or write $${ if it is to stay as it is";
    }

    private String apply(Expression expression, String value, boolean defined) throws ExpressionException {
        List<List<Part>> words = expression.arguments();
        return switch (expression.operator()) {
            case value -> value;
            case length -> String.valueOf(value.codePointCount(0, value.length()));
            case upper -> value.toUpperCase(Locale.ROOT);
            case lower -> value.toLowerCase(Locale.ROOT);
            case upperFirst -> first(value).toUpperCase(Locale.ROOT) + rest(value);
            case lowerFirst -> first(value).toLowerCase(Locale.ROOT) + rest(value);
            case substring -> substring(expression, value);
            case whenUnset -> defined ? value : text(words.get(0));
            case whenEmpty -> value.isEmpty() ? text(words.get(0)) : value;
            case failWhenUnset -> required(expression, value, defined);
            case failWhenEmpty -> required(expression, value, !value.isEmpty());
            case withoutShortestPrefix -> Affix.shortest(text(words.get(0))).withoutPrefix(value);
            case withoutLongestPrefix -> Affix.longest(text(words.get(0))).withoutPrefix(value);
            case withoutShortestSuffix -> Affix.shortest(text(words.get(0))).withoutSuffix(value);
            case withoutLongestSuffix -> Affix.longest(text(words.get(0))).withoutSuffix(value);
            case replaceFirst -> replaceFirst(value, text(words.get(0)), text(words.get(1)));
            case replaceAll -> replaceAll(value, text(words.get(0)), text(words.get(1)));
            case replacePrefix -> {
                String prefix = text(words.get(0));
                yield value.startsWith(prefix) ? text(words.get(1)) + value.substring(prefix.length()) : value;
            }
            case replaceSuffix -> {
                String suffix = text(words.get(0));
                yield value.endsWith(suffix)
                        ? value.substring(0, value.length() - suffix.length()) + text(words.get(1))
                        : value;
            }
        };
    }

    private String required(Expression expression, String value, boolean given) throws ExpressionException {
        if (given) {
            return value;
        }
        String word = text(expression.arguments().get(0));
        String why = HiddenTexts.of(secrets).scrub(word);
        throw new ExpressionException(
                "the variable \"" + expression.name() + "\" is needed" + (why.isBlank() ? "" : ": " + why),
                expression.written());
    }

    private String substring(Expression expression, String value) throws ExpressionException {
        int[] characters = value.codePoints().toArray();
        int offset = number(expression, 0);
        int from = Math.clamp(offset < 0 ? characters.length + (long) offset : offset, 0, characters.length);
        int to = characters.length;
        if (expression.arguments().size() > 1) {
            int length = number(expression, 1);
            to = Math.clamp(length < 0 ? (long) to + length : (long) from + length, from, characters.length);
        }
        return new String(characters, from, to - from);
    }

    private int number(Expression expression, int argument) throws ExpressionException {
        try {
            return Integer.parseInt(text(expression.arguments().get(argument)).strip());
        } catch (NumberFormatException e) {
            throw new ExpressionException(
                    expression.written()
                            + " takes numbers after \":\": ${name:offset} or ${name:offset:length}; a default is ${name:-word}",
                    expression.written());
        }
    }

    private static String replaceFirst(String value, String sought, String replacement) {
        int at = value.indexOf(sought);
        return at < 0 || sought.isEmpty()
                ? value
                : value.substring(0, at) + replacement + value.substring(at + sought.length());
    }

    private static String replaceAll(String value, String sought, String replacement) {
        return sought.isEmpty() ? value : value.replace(sought, replacement);
    }

    private static String first(String value) {
        return value.isEmpty() ? "" : value.substring(0, value.offsetByCodePoints(0, 1));
    }

    private static String rest(String value) {
        return value.substring(first(value).length());
    }
}

package io.jenkins.plugins.gitops.engine.render.substitute;

import io.jenkins.plugins.gitops.engine.render.substitute.Part.Expression;
import io.jenkins.plugins.gitops.engine.render.substitute.Part.Literal;
import io.jenkins.plugins.gitops.engine.render.substitute.Part.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes a text apart. The grammar is that of Flux (fluxcd/pkg/envsubst): {@code $$} is a dollar, {@code $name} without braces
 * is text. Beyond it: {@code ${name-word}}, {@code ${name?word}} and {@code ${name:?word}} as in a shell, which Flux only
 * documents, and {@code ${credentials:ID}}. What Flux documents of {@code =} is not what it does: a value that is empty is replaced too.
 */
final class ExpressionParser {
    private static final String CREDENTIALS = "credentials";

    /** The longer ones first. */
    private static final Map<String, Operator> CASES =
            Map.of("^^", Operator.upper, "^", Operator.upperFirst, ",,", Operator.lower, ",", Operator.lowerFirst);

    private final String text;
    private int at;

    private ExpressionParser(String text) {
        this.text = text;
    }

    static List<Part> parse(String text) throws ExpressionException {
        return new ExpressionParser(text).until("", false);
    }

    /**
     * @param ends characters before which it stops; empty means the end of the text
     * @param slashes whether a backslash makes a slash or a backslash itself
     */
    private List<Part> until(String ends, boolean slashes) throws ExpressionException {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            if (text.startsWith("$$", at)) {
                literal.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                addLiteral(literal, parts);
                parts.add(expression());
            } else if (slashes && (text.startsWith("\\/", at) || text.startsWith("\\\\", at))) {
                literal.append(text.charAt(at + 1));
                at += 2;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        addLiteral(literal, parts);
        return parts;
    }

    private static void addLiteral(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private Expression expression() throws ExpressionException {
        int start = at;
        at += 2;
        boolean length = take("#");
        String name = name(start);
        List<List<Part>> arguments = new ArrayList<>();
        Operator operator = Operator.length;
        if (!length && name.equals(CREDENTIALS) && take(":")) {
            int end = text.indexOf('}', at);
            name = CREDENTIALS + ":" + text.substring(at, end < 0 ? at : end);
            at = end < 0 ? text.length() : end;
            operator = Operator.value;
        } else if (!length) {
            operator = operator(start, arguments);
        }
        if (!take("}")) {
            throw new ExpressionException(
                    written(start) + " has no end here: a \"}\" is missing"
                            + escape(" before a \"${\" of other meaning"),
                    written(start));
        }
        return new Expression(name, operator, arguments, text.substring(start, at));
    }

    private String name(int start) throws ExpressionException {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (from == at) {
            throw new ExpressionException(
                    written(start) + " names no variable" + escape(" if it is to stay as it is"), written(start));
        }
        return text.substring(from, at);
    }

    private Operator operator(int start, List<List<Part>> arguments) throws ExpressionException {
        for (String symbol : List.of("^^", "^", ",,", ",")) {
            if (take(symbol)) {
                return CASES.get(symbol);
            }
        }
        if (take(":=") || take(":-") || take("=")) {
            return withWord(Operator.whenEmpty, arguments);
        }
        if (take("-")) {
            return withWord(Operator.whenUnset, arguments);
        }
        if (take(":?")) {
            return withWord(Operator.failWhenEmpty, arguments);
        }
        if (take("?")) {
            return withWord(Operator.failWhenUnset, arguments);
        }
        if (text.startsWith(":+", at) || text.startsWith("+", at)) {
            throw new ExpressionException(
                    written(start)
                            + " uses \"+\", which is not supported, as in Flux; give a variable of its own the text"
                            + " or nothing",
                    written(start));
        }
        if (take(":")) {
            arguments.add(until(":}", false));
            return take(":") ? withWord(Operator.substring, arguments) : Operator.substring;
        }
        if (take("/")) {
            Operator operator = take("/")
                    ? Operator.replaceAll
                    : take("#") ? Operator.replacePrefix : take("%") ? Operator.replaceSuffix : Operator.replaceFirst;
            arguments.add(until("/}", true));
            arguments.add(take("/") ? until("}", true) : List.of());
            return operator;
        }
        if (take("#")) {
            return withWord(take("#") ? Operator.withoutLongestPrefix : Operator.withoutShortestPrefix, arguments);
        }
        if (take("%")) {
            return withWord(take("%") ? Operator.withoutLongestSuffix : Operator.withoutShortestSuffix, arguments);
        }
        return Operator.value;
    }

    private Operator withWord(Operator operator, List<List<Part>> arguments) throws ExpressionException {
        arguments.add(until("}", false));
        return operator;
    }

    private boolean take(String symbol) {
        boolean there = text.startsWith(symbol, at);
        if (there) {
            at += symbol.length();
        }
        return there;
    }

    /** The beginning of an expression, as far as it is of use in an error. */
    private String written(int start) {
        String rest = text.substring(start).lines().findFirst().orElse("");
        return "\"" + (rest.length() > 40 ? rest.substring(0, 40) + "…" : rest) + "\"";
    }

    private static String escape(String when) {
        return "; write \"$${\"" + when;
    }
}

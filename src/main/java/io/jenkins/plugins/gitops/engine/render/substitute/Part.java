package io.jenkins.plugins.gitops.engine.render.substitute;

import java.util.List;

/** A piece of a text that may hold variables. */
sealed interface Part {
    /** Text that stands for itself. */
    record Literal(String text) implements Part {}

    /**
     * One {@code ${…}}.
     *
     * @param name of the variable, or {@code credentials:ID}
     * @param arguments what follows the operator; they may hold variables themselves
     * @param written the whole expression, for errors
     */
    record Expression(String name, Operator operator, List<List<Part>> arguments, String written) implements Part {}

    /** What an expression does with the value. */
    enum Operator {
        value,
        length,
        upperFirst,
        upper,
        lowerFirst,
        lower,
        substring,
        /** Instead of an undefined value. */
        whenUnset,
        /** Instead of an undefined or empty value. */
        whenEmpty,
        failWhenUnset,
        failWhenEmpty,
        withoutShortestPrefix,
        withoutLongestPrefix,
        withoutShortestSuffix,
        withoutLongestSuffix,
        replaceFirst,
        replaceAll,
        replacePrefix,
        replaceSuffix;

        boolean toleratesUndefined() {
            return this == whenUnset || this == whenEmpty || this == failWhenUnset || this == failWhenEmpty;
        }
    }
}

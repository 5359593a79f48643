package io.jenkins.plugins.gitops.engine.health;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/**
 * CEL for health rules: the standard language, the extensions that Flux has too (optionals, strings, sets, encoders), and
 * {@link CelFunctions}. Safe for threads.
 */
final class CelExpressions {
    /** Enough for a few passes over the largest object; ends those that multiply lists with each other. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();

    private final CelParser parser;
    private final CelRuntime runtime;
    private final Lazy<CelCompiler> compiler = new Lazy<>(CelExpressions::compiler);

    CelExpressions() {
        CelOptionalLibrary optionals = CelExtensions.optional();
        this.parser = CelParserFactory.standardCelParserBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(optionals)
                .build();
        CelRuntimeBuilder execution = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(
                        CelExtensions.strings(),
                        optionals,
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS));
        CelFunctions.all().forEach(function -> execution.addFunctionBindings(function.bindings()));
        this.runtime = execution.build();
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder compilation = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(),
                        CelExtensions.optional(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS))
                .addVar("obj", SimpleType.DYN);
        CelFunctions.all().forEach(function -> compilation.addFunctionDeclarations(function.declaration()));
        return compilation.build();
    }

    /**
     * For an expression over {@code obj}: names and types are checked.
     *
     * @throws InvalidExpression saying what is wrong with the text
     */
    Expression compile(String text) {
        return program(compiler.get().compile(text));
    }

    /**
     * For an expression over any variables, such as the fields at the top of an object, and for one that is known to
     * compile: only the syntax is checked, at a fraction of the time.
     *
     * @throws InvalidExpression saying what is wrong with the text
     */
    Expression parse(String text) {
        return program(parser.parse(text));
    }

    private Expression program(CelValidationResult result) {
        try {
            CelRuntime.Program program = runtime.createProgram(result.getAst());
            return variables -> evaluate(program, variables);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidExpression(e.getMessage());
        }
    }

    private static Object evaluate(CelRuntime.Program program, Map<String, Object> variables) throws FailedExpression {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            throw new FailedExpression(e.getMessage());
        }
    }

    interface Expression {
        Object evaluate(Map<String, Object> variables) throws FailedExpression;
    }

    /** The expression's text is wrong. */
    static final class InvalidExpression extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidExpression(String message) {
            super(message);
        }
    }

    /** The expression cannot make sense of this object. */
    static final class FailedExpression extends Exception {
        private static final long serialVersionUID = 1L;

        FailedExpression(String message) {
            super(message);
        }
    }
}

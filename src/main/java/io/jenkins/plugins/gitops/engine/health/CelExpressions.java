package io.jenkins.plugins.gitops.engine.health;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;

/** CEL for health rules: the standard language with optionals and string functions, and {@link CelFunctions}. */
final class CelExpressions {
    /** The fields at the top of an object that expressions may name without {@code obj}, as Flux lets them. */
    private static final List<String> FIELDS = List.of(
            "apiVersion", "kind", "metadata", "spec", "status", "data", "stringData", "type", "rules", "subsets");

    /** Enough for a few passes over the largest object; ends those that multiply lists with each other. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    CelExpressions() {
        CelOptions options = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .comprehensionMaxIterations(MOST_ITERATIONS)
                .build();
        CelCompilerBuilder compilation = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .addVar("obj", SimpleType.DYN);
        CelRuntimeBuilder execution = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(options)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional());
        FIELDS.forEach(field -> compilation.addVar(field, SimpleType.DYN));
        for (CelFunctions.Function function : CelFunctions.all()) {
            compilation.addFunctionDeclarations(function.declaration());
            execution.addFunctionBindings(function.bindings());
        }
        this.compiler = compilation.build();
        this.runtime = execution.build();
    }

    /** @throws InvalidExpression saying what is wrong with the text */
    Expression compile(String text) {
        try {
            CelRuntime.Program program =
                    runtime.createProgram(compiler.compile(text).getAst());
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

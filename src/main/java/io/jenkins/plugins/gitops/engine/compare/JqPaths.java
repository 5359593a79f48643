package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A jq expression that names paths of an object. */
final class JqPaths {
    private static final Version JQ = Versions.JQ_1_7;
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final String expression;
    private final JsonQuery query;
    private final Scope scope;

    /** @throws InvalidInputException when it is no jq expression */
    JqPaths(String expression) {
        this.expression = expression;
        try {
            // First as it is, so that an error tells the column that its author sees.
            JsonQuery.compile(expression, JQ);
            this.query = JsonQuery.compile("path(" + expression + ")", JQ);
        } catch (JsonQueryException e) {
            throw new InvalidInputException(
                    "ignore rule", "\"" + expression + "\" is no jq path expression: " + reason(e));
        }
        this.scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(JQ, scope);
    }

    private static String reason(JsonQueryException e) {
        String parser = e.getCause() == null ? null : e.getCause().getMessage();
        return parser == null ? e.getMessage() : parser.lines().findFirst().orElse(parser);
    }

    /**
     * The paths as JSON pointers; none where the expression does not fit the object, such as an iteration over a field that it
     * does not have.
     *
     * @throws InvalidInputException when it takes longer than a second; its thread, a daemon, is left to end by itself, for jq
     *     cannot be interrupted
     */
    List<String> in(JsonNode object) {
        FutureTask<List<String>> evaluation = new FutureTask<>(() -> evaluate(object));
        Thread thread = Thread.ofPlatform().daemon().name("jq").unstarted(evaluation);
        thread.start();
        try {
            return evaluation.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new InvalidInputException(
                    "ignore rule",
                    "the jq path expression \"" + expression + "\" takes longer than " + LIMIT.toSeconds()
                            + " s; make it simpler");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JsonQueryException) {
                return List.of();
            }
            throw new IllegalStateException("jq failed on \"" + expression + "\"", e.getCause());
        }
    }

    private List<String> evaluate(JsonNode object) throws JsonQueryException {
        List<String> pointers = new ArrayList<>();
        query.apply(Scope.newChildScope(scope), object, path -> {
            StringBuilder pointer = new StringBuilder();
            path.forEach(step ->
                    pointer.append('/').append(step.asText().replace("~", "~0").replace("/", "~1")));
            pointers.add(pointer.toString());
        });
        return pointers;
    }
}

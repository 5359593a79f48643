package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads a plan report that was kept, and takes nothing that may not be what was written then.
 *
 * @param where its name, for messages
 */
public record PlanFile(String where, String json) {
    /** @throws InvalidInputException naming the fields that are wrong */
    public SavedPlan read() {
        if (json.isBlank()) {
            throw wrong("is empty, so is not a plan: give what gitops plan -o json printed");
        }
        try {
            JsonNode document = ReportJson.read(json, JsonNode.class);
            requirePlan(document);
            requireKnownVersion(document.path("schemaVersion"));
            requireFields(document);
            PlanReport plan = ReportJson.read(json, PlanReport.class);
            if (!plan.sealed().basis().digest().equals(plan.basis().digest())) {
                throw wrong(
                        "basis.digest: does not fit the rest: the plan was changed after it was made; make a new one");
            }
            return new SavedPlan(where, plan);
        } catch (JsonMappingException e) {
            throw wrong(field(e) + "is not what a plan has there");
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    where + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr(),
                    "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidInputException(where, "cannot be read: " + e.getMessage());
        }
    }

    private void requirePlan(JsonNode document) {
        if (!document.isObject()) {
            throw wrong("is not a plan: give what gitops plan -o json printed");
        }
        if (document.has("error")) {
            throw wrong("error: there is no plan in it, for planning failed: "
                    + document.at("/error/message").asText());
        }
    }

    private void requireKnownVersion(JsonNode version) {
        if (!version.isInt()) {
            throw wrong("schemaVersion: is missing: give what gitops plan -o json printed");
        }
        if (version.intValue() != DriftReport.SCHEMA_VERSION) {
            throw wrong("schemaVersion: " + version.intValue() + " is of another version of gitops; this one knows "
                    + DriftReport.SCHEMA_VERSION + ". Make the plan with the version that carries it out");
        }
    }

    private void requireFields(JsonNode document) {
        List<Problem> problems = new ArrayList<>();
        for (String text : List.of("/application", "/revision")) {
            require(document, text, JsonNode::isTextual, problems);
        }
        for (String list : List.of("/tasks", "/warnings", "/basis/policy", "/basis/live")) {
            require(document, list, JsonNode::isArray, problems);
        }
        for (String text : List.of("digest", "uid", "cluster", "set", "rules", "inventory")) {
            require(document, "/basis/" + text, JsonNode::isTextual, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private void require(JsonNode document, String pointer, Predicate<JsonNode> type, List<Problem> problems) {
        JsonNode found = document.at(pointer);
        if (!type.test(found)) {
            String field = pointer.substring(1).replace('/', '.');
            problems.add(new Problem(
                    where,
                    field + ": " + (found.isMissingNode() ? "is missing" : "is not what a plan has there")
                            + "; give what gitops plan -o json printed"));
        }
    }

    private static String field(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? "" : path + ": ";
    }

    private InvalidInputException wrong(String what) {
        return new InvalidInputException(where, what);
    }
}

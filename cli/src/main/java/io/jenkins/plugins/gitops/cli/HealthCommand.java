package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport.ObjectHealth;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops health}: the health of objects that are given with their status; asks no cluster. */
@Command(
        name = "health",
        description = "Say how healthy the given objects are. Needs no cluster: the objects bring their status.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all are healthy", "1:at least one is not", "2:wrong input"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl get deployments,pods -o yaml | gitops health -f -",
            "  gitops health -f objects.json -o json"
        })
final class HealthCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|-",
            required = true,
            description = "YAML or JSON: one object, several documents, or a List. - reads standard input.")
    private String file;

    HealthCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        HealthRules rules = new HealthRules();
        List<ObjectHealth> objects = new ArrayList<>();
        for (YamlDocument document : documents()) {
            for (ObjectNode object : objects(document)) {
                objects.add(assess(rules, object, document));
            }
        }
        HealthReport report = new HealthReport(DriftReport.SCHEMA_VERSION, objects);
        console.out().print(common.json() ? ReportJson.pretty(report) + "\n" : text(report));
        boolean healthy = objects.stream().allMatch(HealthCommand::countsAsHealthy);
        return healthy ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private List<YamlDocument> documents() {
        try {
            if (file.equals("-")) {
                return new YamlReader().read("stdin", console.in().readAllBytes());
            }
            Path path = console.workingFolder().resolve(file);
            return new YamlReader().read(file, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("--filename", "there is no file " + file);
        } catch (IOException e) {
            throw new InvalidInputException("--filename", "cannot read " + file + ": " + e.getMessage());
        }
    }

    private static List<ObjectNode> objects(YamlDocument document) {
        JsonNode content = document.content();
        if (!(content instanceof ObjectNode object)) {
            throw new InvalidInputException(List.of(document.problem("", "is no object: a mapping is expected")));
        }
        if (!object.path("kind").asText().endsWith("List")
                || !object.path("items").isArray()) {
            return List.of(object);
        }
        List<ObjectNode> items = new ArrayList<>();
        for (int i = 0; i < object.path("items").size(); i++) {
            if (!(object.path("items").get(i) instanceof ObjectNode item)) {
                throw new InvalidInputException(
                        List.of(document.problem("/items/" + i, "is no object: a mapping is expected")));
            }
            items.add(item);
        }
        return items;
    }

    private static ObjectHealth assess(HealthRules rules, ObjectNode object, YamlDocument document) {
        ResourceKey key = new Manifest(object, document.origin("")).key();
        if (key.kind().isEmpty() || key.name().isEmpty()) {
            throw new InvalidInputException(
                    List.of(document.problem("", "has no kind or no metadata.name, so it is no object")));
        }
        Optional<Health> health = rules.assess(object);
        return new ObjectHealth(
                key.group(),
                key.kind(),
                key.namespace(),
                key.name(),
                health.map(Health::status).orElse(null),
                health.map(Health::message).orElse(""));
    }

    private static boolean countsAsHealthy(ObjectHealth object) {
        return object.status() == null || object.status() == HealthStatus.Healthy;
    }

    private String text(HealthReport report) {
        Style style = console.style();
        StringBuilder text = new StringBuilder();
        for (ObjectHealth object : report.objects()) {
            String status = String.format("%-11s", object.status() == null ? "-" : object.status());
            ResourceKey key = new ResourceKey(object.group(), object.kind(), object.namespace(), object.name());
            text.append(countsAsHealthy(object) ? style.green(status) : style.red(status))
                    .append("  ")
                    .append(key)
                    .append(object.message().isEmpty() ? "" : "  " + style.dim(object.message()))
                    .append('\n');
        }
        return text.toString();
    }
}

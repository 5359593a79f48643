package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.HealthRuleFile;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.health.RuleTable;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport.ObjectHealth;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gitops health}: the health of objects that are given with their status; asks no cluster. */
@Command(
        name = "health",
        description = "Say how healthy the given objects are. Needs no cluster: the objects bring their status.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all are healthy", "1:at least one is not", "2:wrong input"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl get deployments,pods -o yaml | gitops health -f -",
            "  gitops health -f objects.json -o json",
            "  gitops health -f widgets.yaml --rules argocd-cm.yaml"
        })
final class HealthCommand implements GitOpsCommand {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|-",
            description = "YAML or JSON: one object, several documents, or a List. - reads standard input.")
    private String file;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = {
                "Rules that come before those that are built in: our own form (kind: HealthRules), Flux's",
                "healthCheckExprs, or a ConfigMap with Argo CD's resource.customizations. May be given several times."
            })
    private List<String> rules = List.of();

    @Option(names = "--list", description = "Instead: print all rules that are built in, as a Markdown table.")
    private boolean list;

    HealthCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        if (list) {
            console.out().print(RuleTable.markdown());
            return ExitCode.DONE;
        }
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--filename=FILE|-'");
        }
        InputFile input = new InputFile(console);
        List<HealthRuleFile> files = rules.stream()
                .map(name -> HealthRuleFile.read(name, input.read("--rules", name)))
                .toList();
        HealthRules all = new HealthRules(HealthPolicy.DEFAULT, files, InstantSource.system());
        List<ObjectHealth> objects = new GivenObjects(file.equals("-") ? "stdin" : file, input.read("--filename", file))
                .read().stream().map(object -> assess(all, object)).toList();
        HealthReport report = new HealthReport(DriftReport.SCHEMA_VERSION, objects);
        console.out().print(common.json() ? ReportJson.pretty(report) + "\n" : text(report));
        boolean healthy = objects.stream().allMatch(HealthCommand::countsAsHealthy);
        return healthy ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private static ObjectHealth assess(HealthRules rules, ObjectNode object) {
        Optional<Health> health = rules.assess(object);
        return new ObjectHealth(
                GroupKind.groupOf(object.path("apiVersion").asText()),
                object.path("kind").asText(),
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText(),
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

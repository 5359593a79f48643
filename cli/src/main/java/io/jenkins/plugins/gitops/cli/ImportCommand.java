package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.importing.ImportOptions;
import io.jenkins.plugins.gitops.engine.importing.ImportText;
import io.jenkins.plugins.gitops.engine.importing.Imported;
import io.jenkins.plugins.gitops.engine.importing.ImportedApplication;
import io.jenkins.plugins.gitops.engine.importing.Importer;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.report.ImportReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitops import}: application files from applications of Argo CD and Flux, and what could not be mapped. */
@Command(
        name = "import",
        description = {
            "Make application files (gitops.yaml) of applications of Argo CD and Flux, and say what of them has no",
            "counterpart. Asks nobody: what the objects refer to must be among the files. Writes to no cluster."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is mapped",
            "1:something is not mapped; what is, was written all the same",
            "2:wrong input: options, or a file that is no YAML or holds no application",
            "4:a file is there already; nothing was written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops import application.yaml > gitops.yaml",
            "  kubectl get applications -n argocd -o yaml | gitops import - --into applications",
            "  gitops import flux-system/gotk-sync.yaml apps.yaml --into applications",
            "  kustomize build apps/production | gitops import - -o json"
        })
final class ImportCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|-",
            description =
                    "YAML or JSON with Applications, Kustomizations, HelmReleases and what they refer to: several documents, Lists, several files. - reads standard input.")
    private List<String> files;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Write NAME.yaml into this folder, for each application. Without it they are printed.")
    private String folder;

    @Option(names = "--overwrite", description = "With --into: replace files that are there.")
    private boolean overwrite;

    @Option(
            names = "--cluster",
            paramLabel = "FOREIGN=NAME",
            description =
                    "What a cluster is called here: the context of your kubeconfig, or its name in Jenkins. FOREIGN is its URL or name in Argo CD, or the Secret or ConfigMap of Flux's kubeConfig. Can be given several times.")
    private Map<String, String> clusters = new TreeMap<>();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            defaultValue = "default",
            description = "For applications that name no namespace. Default: ${DEFAULT-VALUE}.")
    private String namespace;

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        InputFile input = new InputFile(console);
        List<ImportText> texts = files.stream()
                .map(file -> new ImportText(file.equals("-") ? "stdin" : file, input.read("FILE", file)))
                .toList();
        Imported imported = new Importer(new ImportOptions(clusters, namespace)).read(texts);
        if (imported.applications().isEmpty() && imported.isComplete()) {
            throw new InvalidInputException(
                    String.join(", ", files),
                    "holds no application: no Application of Argo CD, no Kustomization and no HelmRelease of Flux");
        }
        List<String> written = folder == null
                ? List.of()
                : new ImportedFiles(console.workingFolder().resolve(folder), overwrite).write(imported.applications());
        ImportReport report = imported.report(written);
        if (common.json()) {
            console.out().println(ReportJson.pretty(report));
        } else {
            print(imported, written);
        }
        console.err().print(new ImportTextReport(console.errorStyle()).render(report));
        return imported.isComplete() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private void print(Imported imported, List<String> written) {
        written.forEach(console.out()::println);
        if (folder == null) {
            String between = imported.applications().size() > 1 ? "---\n" : "";
            for (ImportedApplication application : imported.applications()) {
                console.out().print(between + application.yaml());
            }
        }
    }
}

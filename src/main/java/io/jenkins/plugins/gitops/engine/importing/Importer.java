package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns applications of Argo CD and Flux into ours (SEMANTICS 1): what maps is mapped, what does not is listed, nothing is
 * dropped silently. Asks nobody: what the input refers to must be in the input.
 */
public final class Importer {
    private final ImportOptions options;

    public Importer(ImportOptions options) {
        this.options = options;
    }

    /**
     * All applications of the texts. Objects refer to each other across them.
     *
     * @throws InvalidInputException when a text is no YAML; then nothing is imported
     */
    public Imported read(List<ImportText> texts) {
        ForeignObjects objects = new ForeignObjects(texts);
        Findings findings = new Findings();
        List<Draft> drafts = new Mappings(options, objects, findings).drafts();
        Map<ForeignObject, String> names = new Names(findings).of(drafts);
        new Dependencies(drafts, names).settle();
        List<ImportedApplication> applications = new ArrayList<>();
        for (Draft draft : drafts) {
            application(draft, names.get(draft.origin()), findings).ifPresent(applications::add);
        }
        List<Finding> all = new ArrayList<>();
        objects.all().forEach(object -> all.addAll(findings.of(object, names.get(object))));
        return new Imported(applications, all);
    }

    /** Empty when our own reader would refuse the file; then it is told why, for a file that nobody can read is none. */
    private static Optional<ImportedApplication> application(Draft draft, String name, Findings findings) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", "gitops.jenkins.io/v1").put("kind", "Application");
        document.putObject("metadata").put("name", name);
        document.set("spec", draft.spec());
        try {
            Application application = new ApplicationFile()
                    .read(
                            name,
                            ManifestYaml.write(document).getBytes(StandardCharsets.UTF_8),
                            Path.of("").toAbsolutePath());
            ForeignObject origin = draft.origin();
            List<Finding> told = new ArrayList<>(findings.of(origin, name));
            draft.others().forEach(other -> told.addAll(findings.of(other, name)));
            return Optional.of(new ImportedApplication(
                    name,
                    origin.toString(),
                    origin.where(""),
                    document,
                    text(document, origin, told),
                    application,
                    draft.host()));
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                findings.unmapped(
                        draft.origin(),
                        "",
                        "no file was made, because it would not be valid: " + problem.what(),
                        "correct it in the input");
            }
            return Optional.empty();
        }
    }

    /** The file, and above it what is not in it. */
    private static String text(JsonNode document, ForeignObject origin, List<Finding> findings) {
        StringBuilder text = new StringBuilder(comment("From " + origin + ", " + origin.where("")));
        for (Finding finding : findings) {
            if (finding.level() == Level.unmapped) {
                text.append(comment("Not mapped: " + finding.path() + ": " + finding.why()));
            }
        }
        return text + ManifestYaml.write(document);
    }

    /** One line, whatever the text holds. */
    private static String comment(String text) {
        return "# " + text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ") + "\n";
    }
}

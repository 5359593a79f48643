package io.jenkins.plugins.gitops.importing;

import hudson.model.ItemGroup;
import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.application.NewApplications;
import io.jenkins.plugins.gitops.engine.importing.Imported;
import io.jenkins.plugins.gitops.engine.importing.ImportedApplication;
import io.jenkins.plugins.gitops.engine.importing.Importer;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.ModifiableTopLevelItemGroup;

/** What an import would make, what it cannot take over, and what is in its way. */
public final class ImportPreview {
    private final Imported imported;
    private final List<MappedItem> items;
    private final List<Problem> problems;

    private ImportPreview(Imported imported, List<MappedItem> items, List<Problem> problems) {
        this.imported = imported;
        this.items = List.copyOf(items);
        this.problems = List.copyOf(problems);
    }

    static ImportPreview of(ImportRequest request, ModifiableTopLevelItemGroup folder) {
        Imported imported;
        try {
            imported = new Importer(request.options((ItemGroup<?>) folder)).read(request.texts());
        } catch (InvalidInputException e) {
            return new ImportPreview(new Imported(List.of(), List.of()), List.of(), e.problems());
        }
        List<MappedItem> items = imported.applications().stream()
                .map(application -> new ItemMapping(application, request).map())
                .toList();
        List<Problem> problems = new ArrayList<>();
        if (items.isEmpty()) {
            problems.add(new Problem("", Messages.ImportPreview_Nothing()));
        }
        problems.addAll(new NewApplications(folder, definitions(items)).problems());
        return new ImportPreview(imported, items, problems);
    }

    private static List<ApplicationDefinition> definitions(List<MappedItem> items) {
        return items.stream().map(MappedItem::definition).toList();
    }

    List<ApplicationDefinition> definitions() {
        return definitions(items);
    }

    /** The application files, one document each. */
    String yaml() {
        return String.join(
                "---\n",
                imported.applications().stream().map(ImportedApplication::yaml).toList());
    }

    public boolean isPossible() {
        return problems.isEmpty();
    }

    public boolean isFilled() {
        return !items.isEmpty();
    }

    public List<ImportRow> getItems() {
        return items.stream().map(ImportRow::new).toList();
    }

    /** Why nothing can be made as it is, for people. */
    public List<String> getProblems() {
        return problems.stream()
                .map(problem -> problem.where().isEmpty() ? problem.what() : problem.toString())
                .toList();
    }

    /** First what is lost, then what only wants to be known. */
    public List<FindingRow> getFindings() {
        List<Finding> all = new ArrayList<>(imported.findings());
        items.forEach(item -> all.addAll(item.findings()));
        return all.stream()
                .sorted((one, other) -> one.level().compareTo(other.level()))
                .map(FindingRow::new)
                .toList();
    }

    public String getHeadline() {
        return Messages.ImportPreview_Headline(items.size());
    }

    public String getDetails() {
        List<FindingRow> findings = getFindings();
        long lost = findings.stream().filter(FindingRow::isLost).count();
        return Messages.ImportPreview_Details(lost, findings.size() - lost);
    }

    /** One thing that is not taken over as it was. */
    public static final class FindingRow {
        private final Finding finding;

        FindingRow(Finding finding) {
            this.finding = finding;
        }

        public boolean isLost() {
            return finding.level() == Level.unmapped;
        }

        public String getLevel() {
            return isLost() ? Messages.ImportPreview_NotMapped() : Messages.ImportPreview_Note();
        }

        public String getColor() {
            return isLost() ? "warning" : "accent";
        }

        public String getObject() {
            return finding.object();
        }

        public String getWhere() {
            return finding.where();
        }

        public String getPath() {
            return finding.path().isEmpty() ? Messages.ImportPreview_Whole() : finding.path();
        }

        public String getWhy() {
            return finding.why();
        }

        public String getToDo() {
            return finding.toDo();
        }
    }
}

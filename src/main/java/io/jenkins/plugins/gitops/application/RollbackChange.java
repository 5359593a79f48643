package io.jenkins.plugins.gitops.application;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.gitops.engine.report.SetChanges.Change;
import io.jenkins.plugins.gitops.engine.report.SetChanges.FieldChange;
import io.jenkins.plugins.gitops.engine.report.SetChanges.ObjectChange;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.util.List;

/** What becomes of one object in a rollback, as a page shows it. */
public final class RollbackChange {
    private final ObjectChange object;
    private final boolean unpruned;
    private final List<Field> fields;

    /** @param unpruned whether it is in the cluster, although the set that runs does not have it */
    RollbackChange(ObjectChange object, boolean unpruned) {
        this.object = object;
        this.unpruned = unpruned;
        this.fields = object.fields().stream().map(Field::new).toList();
    }

    /** One field; the data of Secrets is not shown. */
    public record Field(FieldChange change) {
        public String getPath() {
            return change.path();
        }

        public String getFrom() {
            return text(change.from());
        }

        public String getTo() {
            return text(change.to());
        }

        private String text(@CheckForNull JsonNode value) {
            if (change.masked()) {
                return Messages.RollbackPage_Secret();
            }
            return value == null
                    ? Messages.RollbackPage_Absent()
                    : ManifestYaml.write(value).strip();
        }
    }

    public String getTitle() {
        return object.key().toString();
    }

    public List<Field> getFields() {
        return fields;
    }

    /** All but the first. */
    public List<Field> getMore() {
        return fields.size() < 2 ? List.of() : fields.subList(1, fields.size());
    }

    public int getRows() {
        return Math.max(1, fields.size());
    }

    public String getWords() {
        return switch (object.change()) {
            case added -> unpruned ? Messages.RollbackPage_Kept() : Messages.RollbackPage_Added();
            case removed -> Messages.RollbackPage_Removed();
            case changed -> Messages.RollbackPage_Changed();
        };
    }

    public String getColor() {
        return switch (object.change()) {
            case added -> unpruned ? "info" : "success";
            case removed -> "error";
            case changed -> "info";
        };
    }

    public String getNote() {
        if (object.change() != Change.added) {
            return Messages.RollbackPage_RemovedNote();
        }
        return unpruned ? Messages.RollbackPage_KeptNote() : Messages.RollbackPage_AddedNote();
    }
}

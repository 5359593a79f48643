package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * On a queue item or a build: what it may do although it must be confirmed. For this one build, which compares and plans anew;
 * it folds with none that approves less.
 */
@ExportedBean(defaultVisibility = 2)
public final class Approval extends InvisibleAction implements Queue.QueueAction {
    private final List<String> objects;
    private final String by;
    private final String reason;

    /**
     * @param objects keys, as reports print them
     * @param by the id of who approved
     */
    Approval(List<String> objects, String by, String reason) {
        this.objects = List.copyOf(objects);
        this.by = by;
        this.reason = reason;
    }

    /** What a build may do; empty when nobody approved anything. */
    static List<KeyPattern> of(GitOpsRun run) {
        Approval approval = run.getAction(Approval.class);
        return approval == null
                ? List.of()
                : approval.objects.stream()
                        .map(object -> KeyPattern.parse("approve", object))
                        .toList();
    }

    /** Keys of objects, such as {@code PersistentVolumeClaim shop/data}. */
    @Exported(name = "approved")
    public List<String> getObjects() {
        return objects;
    }

    @Exported
    public String getBy() {
        return by;
    }

    @Exported
    public String getReason() {
        return reason;
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .noneMatch(other -> other instanceof Approval approval && approval.objects.containsAll(objects));
    }
}

package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Basis;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Live;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan that was made earlier, maybe elsewhere, and kept: it is carried out only while what it was made from still holds
 * (SEMANTICS 5).
 *
 * @param where it was read from, for messages
 */
public record SavedPlan(String where, PlanReport plan) {
    /** @throws InvalidInputException when it is another application's */
    public void requireFor(Application application) {
        if (!plan.basis().uid().equals(application.uuid().toString())) {
            throw new InvalidInputException(
                    where,
                    "application, basis.uid: the plan is of the application " + plan.application() + " with the uid "
                            + plan.basis().uid() + ", not of " + application.name() + " with the uid "
                            + application.uuid());
        }
    }

    /**
     * What no longer holds, a line each; empty when the plan can be carried out.
     *
     * @param now the plan of the comparison that would be carried out
     */
    public List<String> departures(PlanReport now) {
        List<String> departures = new ArrayList<>();
        Basis before = plan.basis();
        Basis after = now.basis();
        if (!plan.revision().equals(now.revision())) {
            departures.add("the revision: planned " + spoken(plan.revision()) + ", now " + spoken(now.revision()));
        }
        if (!before.policy().equals(after.policy())) {
            departures.add(
                    "the policy: planned with " + spoken(before.policy()) + ", now with " + spoken(after.policy()));
        }
        differs("the cluster: its address is another one", before.cluster(), after.cluster(), departures);
        differs(
                "the application: its destination, or what it ignores, is not what was planned with",
                before.rules(),
                after.rules(),
                departures);
        boolean sameSet = before.set().equals(after.set());
        differs("the rendered objects: they are not those that were planned", before.set(), after.set(), departures);
        differs("the inventory: another sync has written it since", before.inventory(), after.inventory(), departures);
        departures.addAll(live(byObject(before.live()), byObject(after.live()), sameSet));
        return departures.isEmpty() ? steps(now) : departures;
    }

    private static void differs(String what, String before, String after, List<String> departures) {
        if (!before.equals(after)) {
            departures.add(what);
        }
    }

    /** @param sameSet otherwise objects that only one of them has are no news */
    private static List<String> live(Map<String, Live> before, Map<String, Live> after, boolean sameSet) {
        List<String> departures = new ArrayList<>();
        before.forEach((object, then) -> {
            Live now = after.get(object);
            String old = then.resourceVersion();
            String current = now == null ? null : now.resourceVersion();
            if (now == null && !sameSet || old == null && current == null) {
                return;
            }
            if (old == null) {
                departures.add(object + ": did not exist, and exists now");
            } else if (current == null) {
                departures.add(object + ": existed, and is gone");
            } else if (!old.equals(current)) {
                departures.add(object + ": changed in the cluster, resourceVersion " + old + " is now " + current);
            }
        });
        if (sameSet) {
            after.values().stream()
                    .filter(now -> !before.containsKey(now.object()) && now.resourceVersion() != null)
                    .forEach(now -> departures.add(now.object() + ": was not there, and is the application's now"));
        }
        return departures;
    }

    /** From the same basis a server may still decide otherwise, such as by a new admission rule. */
    private List<String> steps(PlanReport now) {
        List<String> departures = new ArrayList<>();
        List<String> before = steps(plan.tasks());
        List<String> after = steps(now.tasks());
        before.stream()
                .filter(step -> !after.contains(step))
                .forEach(step -> departures.add("no longer to do: " + step));
        after.stream().filter(step -> !before.contains(step)).forEach(step -> departures.add("now to do: " + step));
        return departures;
    }

    /** A hook may get another name in every run; then its manifest stands for it. */
    private static List<String> steps(List<PlanReport.Task> tasks) {
        return tasks.stream()
                .map(task -> task.action() + " " + of(task) + " in " + task.phase() + ", wave " + task.wave())
                .toList();
    }

    private static String of(PlanReport.Task task) {
        boolean named = !task.hook() || task.action() != PlanReport.Action.create;
        return named
                ? new ResourceKey(task.group(), task.kind(), task.namespace(), task.name()).toString()
                : "the hook " + task.kind() + " of " + task.origin();
    }

    private static Map<String, Live> byObject(List<Live> objects) {
        Map<String, Live> found = new LinkedHashMap<>();
        objects.forEach(live -> found.put(live.object(), live));
        return found;
    }

    private static String spoken(List<String> words) {
        return words.isEmpty() ? "nothing beyond the default" : String.join(", ", words);
    }

    private static String spoken(String revision) {
        return revision.isEmpty() ? "from a folder without history" : revision;
    }
}

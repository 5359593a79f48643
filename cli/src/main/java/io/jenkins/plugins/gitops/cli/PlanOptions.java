package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.plan.PlanFile;
import io.jenkins.plugins.gitops.engine.plan.SavedPlan;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The plan that a sync carries out. */
final class PlanOptions {
    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Carry out this plan, which plan -o json printed, and only while what it was made from still"
                    + " holds: the revision, the rendered objects, the policy and the live objects. Otherwise print what"
                    + " no longer holds and the new plan, and write nothing. \"-\" is standard input.")
    private String file;

    @Option(
            names = "--replan",
            description = "With --plan: when it no longer holds, say so and go on with the new plan.")
    private boolean replan;

    Optional<PlanGuard> guard(Console console, Application application) {
        if (file == null) {
            if (replan) {
                throw new InvalidInputException("--replan", "goes with --plan FILE; without it every sync plans anew");
            }
            return Optional.empty();
        }
        String json = new String(new InputFile(console).read("--plan", file), StandardCharsets.UTF_8);
        SavedPlan plan = new PlanFile("--plan " + file, json).read();
        plan.requireFor(application);
        return Optional.of(new PlanGuard(console, plan, replan));
    }
}

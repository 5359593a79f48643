package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** Job: what its end says of it; until then it is Progressing. */
final class JobHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        return live.whenTrue("Failed")
                .map(c -> Health.degraded(c.says()))
                .or(() -> live.whenTrue("Suspended").map(c -> Health.suspended(c.says())))
                .or(() -> live.whenTrue("Complete").map(c -> Health.healthy("")))
                .orElseGet(() -> Health.progressing(progress(live)));
    }

    private static String progress(LiveObject live) {
        return live.count("succeeded") + " of "
                + LiveObject.whole("spec.completions", live.spec().path("completions"), 1) + " pods succeeded, "
                + live.count("active") + " active, "
                + live.count("failed") + " failed";
    }
}

package io.jenkins.plugins.gitops.application;

import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.heal.HealDecision;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.heal.HealPace;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Which of the objects that a check found drifted are healed (SEMANTICS 8). What was healed is remembered beside the job. */
final class Healing {
    private final JobFile file;
    private final DriftReport drift;
    private final Instant now = Instant.now();
    private HealHistory history;

    Healing(JobFile file, DriftReport drift) throws IOException {
        this.file = file;
        this.drift = drift;
        String json = file.read().orElse("");
        HealHistory known = json.isEmpty() ? HealHistory.EMPTY : ReportJson.read(json, HealHistory.class);
        this.history = known;
        remember(known.seen(drift, now));
    }

    private void remember(HealHistory next) throws IOException {
        if (!next.equals(history)) {
            file.write(ReportJson.pretty(next));
            history = next;
        }
    }

    HealDecision decide(HealPace pace) {
        return history.decide(drift, now, pace);
    }

    /** Told before they are, so that a healing that is lost counts too. */
    void healing(Set<ResourceKey> objects) throws IOException {
        remember(history.healed(drift, objects, now));
    }

    /** What is left as it is, and why, for the log; the fights are what somebody must see. */
    static List<String> tell(HealDecision decision, TaskListener listener) {
        decision.later()
                .forEach((object, time) ->
                        listener.getLogger().println(Messages.Healing_Later(object.toString(), time.toString())));
        List<String> fights =
                decision.fights().stream().map(HealDecision.Fight::message).toList();
        fights.forEach(listener::error);
        return fights;
    }
}

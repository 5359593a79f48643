package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.time.Instant;
import java.util.Optional;

/**
 * CronJob: well unless its last job failed.
 *
 * <p>The status names no failure. A job counts as failed when none is active and none has succeeded since the last
 * schedule time: a job that succeeds does so after the time that it was scheduled for.
 */
final class CronJobHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.isSet("suspend")) {
            return Health.suspended("suspended: no job is started while spec.suspend is true");
        }
        Optional<Instant> scheduled = live.statusTime("lastScheduleTime");
        if (scheduled.isEmpty() || !live.status().path("active").isEmpty()) {
            return Health.healthy("");
        }
        Optional<Instant> succeeded = live.statusTime("lastSuccessfulTime");
        boolean failed = succeeded.isEmpty() || succeeded.get().isBefore(scheduled.get());
        return failed
                ? Health.degraded("the job of " + scheduled.get() + " did not succeed; the last success was "
                        + succeeded.map(Instant::toString).orElse("never"))
                : Health.healthy("");
    }
}

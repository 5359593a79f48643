package io.jenkins.plugins.gitops.engine.health;

import static io.jenkins.plugins.gitops.engine.health.LiveObjects.assess;
import static io.jenkins.plugins.gitops.engine.model.Health.degraded;
import static io.jenkins.plugins.gitops.engine.model.Health.healthy;
import static io.jenkins.plugins.gitops.engine.model.Health.progressing;
import static io.jenkins.plugins.gitops.engine.model.Health.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.gitops.engine.model.Health;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS 9: Job, CronJob. */
class JobHealthTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void job(String rule, String body, Health expected) {
        assertThat(assess("batch/v1", "Job", body)).contains(expected);
    }

    static Stream<Arguments> job() {
        return Stream.of(
                arguments(
                        "no status is Progressing",
                        "spec: {}",
                        progressing("no status yet: its controller has not looked at it")),
                arguments(
                        "Failed True is Degraded",
                        "status: {conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: Job has reached the specified backoff limit}]}",
                        degraded("BackoffLimitExceeded: Job has reached the specified backoff limit")),
                arguments(
                        "Failed comes before Suspended",
                        "status: {conditions: [{type: Suspended, status: 'True'}, {type: Failed, status: 'True', reason: DeadlineExceeded}]}",
                        degraded("DeadlineExceeded")),
                arguments(
                        "Suspended True is Suspended",
                        "status: {conditions: [{type: Suspended, status: 'True', reason: JobSuspended, message: Job suspended}]}",
                        suspended("JobSuspended: Job suspended")),
                arguments(
                        "Suspended False is not, Complete True is Healthy",
                        "status: {conditions: [{type: Suspended, status: 'False'}, {type: Complete, status: 'True'}]}",
                        healthy("")),
                arguments(
                        "Failed False and Complete False are Progressing",
                        "spec: {completions: 5}, status: {active: 1, succeeded: 2, failed: 3, conditions: [{type: Failed, status: 'False'}, {type: Complete, status: 'False'}]}",
                        progressing("2 of 5 pods succeeded, 1 active, 3 failed")),
                arguments(
                        "no condition is Progressing",
                        "status: {active: 1}",
                        progressing("0 of 1 pods succeeded, 1 active, 0 failed")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void cronJob(String rule, String body, Health expected) {
        assertThat(assess("batch/v1", "CronJob", body)).contains(expected);
    }

    static Stream<Arguments> cronJob() {
        return Stream.of(
                arguments(
                        "never scheduled is Healthy, with or without a status", "spec: {suspend: false}", healthy("")),
                arguments(
                        "suspend is Suspended, even after a failure",
                        "spec: {suspend: true}, status: {lastScheduleTime: '2026-01-01T11:00:00Z'}",
                        suspended("suspended: no job is started while spec.suspend is true")),
                arguments(
                        "a job that is active is Healthy",
                        "status: {active: [{name: a}], lastScheduleTime: '2026-01-01T11:00:00Z', lastSuccessfulTime: '2026-01-01T10:00:30Z'}",
                        healthy("")),
                arguments(
                        "a success since the last schedule time is Healthy",
                        "status: {lastScheduleTime: '2026-01-01T11:00:00Z', lastSuccessfulTime: '2026-01-01T11:00:30Z'}",
                        healthy("")),
                arguments(
                        "a success in the second of the schedule time is Healthy",
                        "status: {lastScheduleTime: '2026-01-01T11:00:00Z', lastSuccessfulTime: '2026-01-01T11:00:00Z'}",
                        healthy("")),
                arguments(
                        "last job failed is Degraded",
                        "status: {lastScheduleTime: '2026-01-01T11:00:00Z', lastSuccessfulTime: '2026-01-01T10:00:30Z'}",
                        degraded(
                                "the job of 2026-01-01T11:00:00Z did not succeed; the last success was 2026-01-01T10:00:30Z")),
                arguments(
                        "only job failed is Degraded",
                        "status: {active: [], lastScheduleTime: '2026-01-01T11:00:00Z'}",
                        degraded("the job of 2026-01-01T11:00:00Z did not succeed; the last success was never")));
    }
}

package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.time.Duration;
import java.util.Locale;

/** What the words of the engine are called on pages, and the design library's name of the colour that each has. */
final class Words {

    private Words() {}

    static String of(ApplicationVerdict verdict) {
        return switch (verdict) {
            case InSync -> Messages.Words_InSync();
            case OutOfSync -> Messages.Words_OutOfSync();
            case Unknown -> Messages.Words_Unknown();
        };
    }

    static String color(ApplicationVerdict verdict) {
        return switch (verdict) {
            case InSync -> "success";
            case OutOfSync -> "warning";
            case Unknown -> "skipped";
        };
    }

    static String of(Verdict verdict, Purpose purpose) {
        return switch (verdict) {
            case InSync -> Messages.Words_InSync();
            case Drifted -> purpose == Purpose.check ? Messages.Words_Drifted() : Messages.Words_ToChange();
            case Missing -> purpose == Purpose.check ? Messages.Words_Missing() : Messages.Words_ToCreate();
            case Extra -> Messages.Words_Extra();
            case Unknown -> Messages.Words_Unknown();
        };
    }

    static String color(Verdict verdict, Purpose purpose) {
        return switch (verdict) {
            case InSync -> "success";
            case Drifted -> purpose == Purpose.check ? "warning" : "info";
            case Missing -> purpose == Purpose.check ? "error" : "info";
            case Extra -> "info";
            case Unknown -> "skipped";
        };
    }

    static String of(Severity severity) {
        return switch (severity) {
            case info -> Messages.Words_Info();
            case warning -> Messages.Words_Warning();
            case critical -> Messages.Words_Critical();
        };
    }

    static String color(Severity severity) {
        return switch (severity) {
            case info -> "info";
            case warning -> "warning";
            case critical -> "error";
        };
    }

    static String of(HealthStatus health) {
        return switch (health) {
            case Healthy -> Messages.Words_Healthy();
            case Suspended -> Messages.Words_Suspended();
            case Progressing -> Messages.Words_Progressing();
            case Missing -> Messages.Words_ObjectsMissing();
            case Degraded -> Messages.Words_Degraded();
            case Unknown -> Messages.Words_HealthUnknown();
        };
    }

    static String color(HealthStatus health) {
        return switch (health) {
            case Healthy -> "success";
            case Suspended, Progressing -> "info";
            case Missing, Degraded -> "error";
            case Unknown -> "skipped";
        };
    }

    static String of(ObjectSync.Action action) {
        return switch (action) {
            case created -> Messages.Words_Created();
            case configured -> Messages.Words_Configured();
            case unchanged -> Messages.Words_Unchanged();
            case pruned -> Messages.Words_Pruned();
            case skipped -> Messages.Words_Skipped();
            case waiting -> Messages.Words_WaitingForApproval();
            case failed -> Messages.Words_Failed();
            case deleted -> Messages.Words_Deleted();
            case replaced -> Messages.Words_Replaced();
        };
    }

    static String color(ObjectSync.Action action) {
        return switch (action) {
            case created -> "success";
            case configured, replaced -> "info";
            case pruned, deleted, waiting -> "warning";
            case failed -> "error";
            case unchanged, skipped -> "skipped";
        };
    }

    static String of(PlanReport.Action action) {
        return switch (action) {
            case create -> Messages.Words_Create();
            case configure -> Messages.Words_Configure();
            case prune -> Messages.Words_Prune();
            case replace -> Messages.Words_Replace();
            case delete -> Messages.Words_Delete();
        };
    }

    static String color(PlanReport.Action action) {
        return switch (action) {
            case create -> "success";
            case configure -> "info";
            case prune, delete, replace -> "warning";
        };
    }

    static String of(SyncReport.Result result, boolean dryRun) {
        return switch (result) {
            case Succeeded -> dryRun ? Messages.Words_DryRunSucceeded() : Messages.Words_Succeeded();
            case Failed -> dryRun ? Messages.Words_DryRunFailed() : Messages.Words_SyncFailed();
            case Refused -> Messages.Words_Refused();
            case Aborted -> Messages.Words_Aborted();
            case Waiting -> Messages.Words_WaitingForApproval();
            case Superseded -> Messages.Words_Superseded();
        };
    }

    static String color(SyncReport.Result result) {
        return switch (result) {
            case Succeeded -> "success";
            case Failed, Refused -> "error";
            case Waiting -> "warning";
            case Aborted, Superseded -> "skipped";
        };
    }

    static String duration(long millis) {
        if (millis < 1_000) {
            return Messages.Words_Milliseconds(millis);
        }
        if (millis < 120_000) {
            return Messages.Words_Seconds(
                    String.format(Locale.ROOT, millis < 10_000 ? "%.1f" : "%.0f", millis / 1000.0));
        }
        Duration duration = Duration.ofMillis(millis);
        return duration.toHours() < 2
                ? Messages.Words_Minutes(duration.toMinutes())
                : Messages.Words_Hours(duration.toHours());
    }
}

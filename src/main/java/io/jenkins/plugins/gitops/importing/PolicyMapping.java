package io.jenkins.plugins.gitops.importing;

import io.jenkins.plugins.gitops.application.IgnoreSettings;
import io.jenkins.plugins.gitops.application.RetrySettings;
import io.jenkins.plugins.gitops.application.SyncSettings;
import io.jenkins.plugins.gitops.application.WindowSettings;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.field.Lines;
import io.jenkins.plugins.gitops.field.Words;
import io.jenkins.plugins.gitops.render.SubstituteObject;
import io.jenkins.plugins.gitops.render.SubstituteSettings;
import java.time.Duration;
import java.util.List;

/** The policies of an application, as the form of an item holds them. */
final class PolicyMapping {
    private static final long SECONDS_OF_A_MINUTE = 60;

    private PolicyMapping() {}

    /** @param automatic whether new commits are synced without being asked for */
    static SyncSettings sync(Application application, boolean automatic) {
        SyncPolicy policy = application.sync();
        SyncSettings settings = new SyncSettings();
        settings.setAutomatic(automatic);
        settings.setPrune(policy.prune());
        settings.setPruneNamespaces(policy.pruneNamespaces());
        settings.setPruneCustomResourceDefinitions(policy.pruneCustomResourceDefinitions());
        settings.setAllowEmpty(policy.allowEmpty());
        settings.setAdopt(policy.adopt());
        settings.setApplyAll(policy.applyAll());
        settings.setAwaitHealth(policy.awaitHealth());
        settings.setTimeoutMinutes(minutes(policy.timeout()));
        settings.setOptions(Words.of(policy.options()));
        settings.setRetry(retry(policy.retry()));
        settings.setLock(policy.lock());
        settings.setWindows(
                windows(application).stream().map(PolicyMapping::window).toList());
        return settings;
    }

    /** Rounded up: the form knows no seconds. */
    static int minutes(Duration timeout) {
        return Math.toIntExact(Math.max(1, (timeout.toSeconds() + SECONDS_OF_A_MINUTE - 1) / SECONDS_OF_A_MINUTE));
    }

    /** Those that concern it, which an item says of itself alone. */
    static List<SyncWindow> windows(Application application) {
        return application.sync().windows().stream()
                .filter(window -> window.matches(application))
                .map(window -> new SyncWindow(
                        window.kind(), window.schedule(), window.duration(), window.timeZone(), window.manualSync()))
                .toList();
    }

    private static WindowSettings window(SyncWindow window) {
        WindowSettings settings =
                new WindowSettings(window.kind(), window.schedule().toString(), GoDuration.text(window.duration()));
        settings.setTimeZone(window.timeZone().getId());
        settings.setManualSync(window.manualSync());
        return settings;
    }

    private static RetrySettings retry(RetryPolicy policy) {
        RetrySettings settings = new RetrySettings();
        settings.setLimit(policy.limit());
        settings.setFirstPauseSeconds(Math.toIntExact(policy.firstPause().toSeconds()));
        settings.setFactor(policy.factor());
        settings.setLongestPauseSeconds(Math.toIntExact(policy.longestPause().toSeconds()));
        return settings;
    }

    static IgnoreSettings ignore(IgnoreRule rule) {
        IgnoreSettings settings = new IgnoreSettings();
        settings.setGroup(rule.group().isEmpty() ? "core" : rule.group());
        settings.setKind(rule.kind());
        settings.setNamespace(rule.namespace());
        settings.setName(rule.name());
        settings.setJsonPointers(Lines.of(SurvivingLines.of(rule.jsonPointers())));
        settings.setJqPathExpressions(Lines.of(SurvivingLines.of(rule.jqPathExpressions())));
        settings.setManagedFieldsManagers(Words.of(rule.managedFieldsManagers()));
        return settings;
    }

    /** Null when variables are text like any other. */
    static SubstituteSettings substitute(Substitution substitution) {
        if (!substitution.enabled()) {
            return null;
        }
        SubstituteSettings settings = new SubstituteSettings();
        settings.setValues(SurvivingLines.of(substitution.values()));
        settings.setFrom(substitution.from().stream()
                .map(from -> {
                    SubstituteObject object = new SubstituteObject(from.kind(), from.name());
                    object.setOptional(from.optional());
                    return object;
                })
                .toList());
        return settings;
    }
}

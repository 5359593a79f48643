package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.FieldDrift.Change;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the drift report of a comparison: who wrote each differing field, and since when something is gone. */
public final class DriftReporter {
    /** A shorter one, such as "3", stands in a live object by chance. */
    private static final int LEAST_SECRET = 7;

    private final Observations before;
    private final Instant now;
    private final SeverityRules severities;
    private final HiddenTexts secrets;

    /**
     * @param before what earlier reports saw
     * @param severities the application's own rules
     * @param secrets texts that a live object may hold still, although its manifest no longer does
     */
    public DriftReporter(Observations before, Instant now, List<SeverityRule> severities, HiddenTexts secrets) {
        this.secrets = secrets.longerThan(LEAST_SECRET);
        this.before = before;
        this.now = now;
        this.severities = new SeverityRules(severities);
    }

    /** @param warnings of rendering; those of the comparison are added */
    public DriftReport report(String application, String revision, Comparison comparison, List<String> warnings) {
        List<ObjectDrift> objects =
                comparison.objects().stream().map(this::object).toList();
        List<String> all = new ArrayList<>(warnings);
        all.addAll(comparison.warnings());
        return new DriftReport(
                DriftReport.SCHEMA_VERSION,
                application,
                revision,
                now,
                ApplicationVerdict.of(objects.stream().map(ObjectDrift::verdict).toList()),
                objects,
                all);
    }

    private ObjectDrift object(Compared compared) {
        String declared = compared.desired()
                .map(manifest -> DeclaredFields.digest(manifest.content()))
                .orElse("");
        Verdict verdict = ignoresExtraneous(compared) ? Verdict.InSync : compared.verdict();
        ObservedBetween gone = verdict == Verdict.Missing ? before.objectGone(compared.key(), now) : null;
        List<FieldDrift> fields = compared.differences().stream()
                .map(difference -> field(compared, difference, declared))
                .toList();
        return new ObjectDrift(
                compared.key().group(),
                compared.key().kind(),
                compared.key().namespace(),
                compared.key().name(),
                verdict,
                ignoresExtraneous(compared)
                        ? compared.message() + ", which its compare option IgnoreExtraneous lets pass"
                        : compared.message(),
                compared.desired().map(Manifest::origin).map(Object::toString).orElse(""),
                compared.ownership(),
                gone,
                severities.of(compared.key(), verdict, gone, fields),
                verdict == Verdict.InSync ? null : before.differsSince(compared.key(), now),
                declared,
                fields);
    }

    /** An Extra object whose annotation says that it is no drift; a sync that prunes deletes it all the same, as in Argo CD. */
    private static boolean ignoresExtraneous(Compared compared) {
        return compared.verdict() == Verdict.Extra
                && compared.live()
                        .filter(live -> Annotations.hasOption(live, "compare-options", "IgnoreExtraneous"))
                        .isPresent();
    }

    private FieldDrift field(Compared compared, Difference difference, String declared) {
        Change change = change(difference);
        HiddenTexts hidden = compared.desired().map(Manifest::hidden).orElse(HiddenTexts.NONE);
        boolean masked = SecretMask.hides(compared.key(), difference.path())
                || difference.desired().filter(hidden::areIn).isPresent()
                || difference.live().filter(hidden::areIn).isPresent()
                || difference.live().filter(secrets::areIn).isPresent();
        Optional<ManagedFields.Entry> writer = change == Change.missing
                ? Optional.empty()
                : compared.live().flatMap(live -> ManagedFields.of(live).writerOf(difference.path()));
        String path = difference.path().toString();
        ObservedBetween gone = change == Change.missing ? before.fieldGone(compared.key(), declared, path, now) : null;
        return new FieldDrift(
                hidden.scrub(path),
                difference.pointer(),
                change,
                shown(difference.desired(), masked),
                shown(difference.live(), masked),
                masked,
                writer.map(ManagedFields.Entry::manager).orElse(null),
                writer.map(ManagedFields.Entry::operation).orElse(null),
                writer.map(ManagedFields.Entry::subresource)
                        .filter(subresource -> !subresource.isEmpty())
                        .orElse(null),
                writer.map(ManagedFields.Entry::time).orElse(null),
                gone);
    }

    private static Change change(Difference difference) {
        if (difference.live().isEmpty()) {
            return Change.missing;
        }
        return difference.desired().isEmpty() ? Change.removedFromGit : Change.changed;
    }

    private static JsonNode shown(Optional<JsonNode> value, boolean masked) {
        return masked ? null : value.orElse(null);
    }
}

package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import java.util.stream.Collectors;

/** What two reports must share to be the same news: what differs and how, not when it was looked at. */
final class DriftDigest {
    private DriftDigest() {}

    static String of(DriftReport report) {
        return report.revision()
                + report.verdict()
                + report.objects().stream()
                        .filter(object -> object.verdict() != Verdict.InSync)
                        .map(object -> object.key()
                                + object.verdict().name()
                                + object.message()
                                + object.fields().stream()
                                        .map(field -> field.path() + field.live() + field.desired() + field.manager())
                                        .collect(Collectors.joining("\n")))
                        .collect(Collectors.joining("\n"));
    }
}

package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.LabelSelector;
import io.jenkins.plugins.gitops.engine.model.Selection;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which objects a sync is limited to, and what somebody has confirmed. */
final class SelectionOptions {
    @Option(
            names = "--only",
            paramLabel = "KEY",
            description = "Sync only this object: \"Deployment.apps shop/web\" as reports print it, or"
                    + " apps:Deployment:shop/web; * is any text. Can be given several times.")
    private List<String> only = List.of();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "LABELS",
            description = "Sync only objects with these labels: app=web,tier!=db.")
    private String selector;

    @Option(
            names = "--approve",
            paramLabel = "KEY",
            description = "Do what must be confirmed (Prune=confirm, PersistentVolumeClaims) to this object."
                    + " Written as for --only. Can be given several times.")
    private List<String> approved = List.of();

    /** What somebody has confirmed, as it was written. */
    List<String> approved() {
        return approved;
    }

    SyncOptions applyTo(SyncOptions options) {
        return options.withSelection(new Selection(
                        only.stream()
                                .map(text -> KeyPattern.parse("--only", text))
                                .toList(),
                        Optional.ofNullable(selector).map(text -> LabelSelector.parse("--selector", text))))
                .withApproved(approved.stream()
                        .map(text -> KeyPattern.parse("--approve", text))
                        .toList());
    }
}

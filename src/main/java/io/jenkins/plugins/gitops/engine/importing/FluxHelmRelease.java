package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.jenkins.plugins.gitops.engine.importing.Draft.Dependency;
import io.jenkins.plugins.gitops.engine.importing.FluxChart.Chart;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.report.ImportReport.HostSettings;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A {@code HelmRelease} of Flux. There is no Helm release any more: the chart is rendered, and its objects are synced. */
final class FluxHelmRelease {
    static final String GROUP = "helm.toolkit.fluxcd.io";
    private static final String NO_RELEASE = "there is no Helm release; objects are applied and deleted by themselves";
    /** Helm's longest name of a release, and what Flux keeps of a longer one. */
    private static final int LONGEST_NAME = 53;

    private static final int KEPT = 40;
    private static final int DIGEST = 12;

    private final ImportOptions options;
    private final ForeignObjects objects;
    private final FluxSources sources;
    private final Findings findings;

    FluxHelmRelease(ImportOptions options, ForeignObjects objects, FluxSources sources, Findings findings) {
        this.options = options;
        this.objects = objects;
        this.sources = sources;
        this.findings = findings;
    }

    /** Empty when the chart is not known; then it is told why. */
    Optional<Draft> map(ForeignObject object) {
        sources.begin();
        Fields root = Fields.of(object, findings);
        root.pass("apiVersion", "kind", "status");
        String name = Metadata.read(root);
        Fields fields = root.block("spec");
        Chart chart = new FluxChart(sources, findings).read(object, fields);
        String target = fields.text("targetNamespace").orElse("");
        HelmActions actions = new HelmActions(fields);
        String release = fields.text("releaseName").orElseGet(() -> releaseName(name, target));
        Form helm = new Form()
                .text("releaseName", release.equals(name) ? "" : release)
                .setAll(chart.helm());
        new FluxValues(objects, object).addTo(helm, fields);
        actions.addToHelm(helm);
        Form source = chart.source().block("helm", helm);
        Fields drift = fields.block("driftDetection");
        String mode = drift.text("mode").orElse("disabled");
        Form spec = new Form()
                .block("source", source)
                .block("destination", FluxCommon.destination(options, object, fields, target))
                .block("sync", sync(fields, actions).text("drift", drift(mode)))
                .block("compare", new Form().blocks("ignore", FluxIgnore.read(drift.blocks("ignore"))))
                .block("health", FluxHealth.read(fields.blocks("healthCheckExprs")));
        HostSettings host = FluxCommon.host(fields, mode.equals("enabled"));
        drift.finish();
        rest(fields);
        actions.finish();
        List<Dependency> dependencies = FluxCommon.dependencies(object, fields);
        fields.finish();
        root.finish();
        return source.has("repository")
                ? Optional.of(new Draft(object, name, spec.node(), host, dependencies, sources.taken()))
                : Optional.empty();
    }

    /** As Flux composes and shortens it. */
    static String releaseName(String name, String target) {
        String composed = target.isEmpty() ? name : target + "-" + name;
        if (composed.length() <= LONGEST_NAME) {
            return composed;
        }
        String digest = HexFormat.of().formatHex(Sha256.of(composed));
        return composed.substring(0, KEPT) + "-" + digest.substring(0, DIGEST);
    }

    private static Form sync(Fields fields, HelmActions actions) {
        List<String> options = new ArrayList<>(actions.options());
        // What a new version of a chart has no longer, Helm deletes.
        Form sync = new Form().flag("prune", true);
        if (!actions.waits()) {
            sync.set("wait", BooleanNode.FALSE);
        }
        return sync.text("timeout", fields.text("timeout")).texts("options", options);
    }

    private static String drift(String mode) {
        return switch (mode) {
            case "enabled" -> "heal";
            case "warn" -> "alert";
            default -> "";
        };
    }

    private static void rest(Fields fields) {
        String after = "what a chart renders to is not changed afterwards";
        String instead = "say it by the chart's values; or make a kustomization of the rendered chart in a pipeline";
        fields.unmapped("postRenderers", after, instead);
        fields.unmapped("commonMetadata", after, instead);
        fields.note("postRenderStrategy", "there are no post renderers", "");
        fields.note("storageNamespace", NO_RELEASE, "");
        fields.note("maxHistory", NO_RELEASE, "see docs/history.md for the history that there is");
        fields.note("persistentClient", NO_RELEASE, "");
        fields.note("waitStrategy", "health is told by the rules of docs/health.md", "");
    }
}

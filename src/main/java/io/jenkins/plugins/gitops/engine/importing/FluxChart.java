package io.jenkins.plugins.gitops.engine.importing;

import io.jenkins.plugins.gitops.engine.importing.FluxSources.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the chart of a HelmRelease comes from: {@code chart.spec}, or {@code chartRef} to a HelmChart or an OCIRepository. */
final class FluxChart {
    private static final String VALUES = "values.yaml";

    private final FluxSources sources;
    private final Findings findings;

    FluxChart(FluxSources sources, Findings findings) {
        this.sources = sources;
        this.findings = findings;
    }

    /**
     * The source, and what the chart's own definition says of its values; without a repository when it is not known.
     *
     * @param source without {@code helm}
     * @param helm of {@code source.helm}
     */
    record Chart(Form source, Form helm) {
        static Chart unknown() {
            return new Chart(new Form(), new Form());
        }
    }

    Chart read(ForeignObject release, Fields fields) {
        Fields template = fields.block("chart");
        Fields metadata = template.block("metadata");
        metadata.note("labels", "there is no HelmChart object", "")
                .note("annotations", "there is no HelmChart object", "");
        metadata.finish();
        if (fields.has("chartRef")) {
            fields.note("chart", "has no effect beside chartRef", "");
            return ofReference(Reference.read(fields.block("chartRef"), release));
        }
        Chart chart = spec(release, template.block("spec"));
        template.finish();
        return chart;
    }

    private Chart ofReference(Reference reference) {
        switch (reference.kind()) {
            case "OCIRepository" -> {
                return new Chart(
                        sources.find(reference).map(sources::chartOfRegistry).orElseGet(Form::new), new Form());
            }
            case "HelmChart" -> {
                Optional<ForeignObject> object = sources.find(reference);
                return object.map(this::ofObject).orElseGet(Chart::unknown);
            }
            default -> {
                sources.refuse(reference);
                return Chart.unknown();
            }
        }
    }

    private Chart ofObject(ForeignObject object) {
        Fields root = Fields.of(object, findings);
        root.pass("apiVersion", "kind", "status");
        Metadata.read(root);
        Fields fields = root.block("spec");
        fields.unmapped("suspend", "Flux keeps what it fetched last", "write the version as the revision");
        Chart chart = spec(object, fields);
        root.finish();
        return chart;
    }

    private Chart spec(ForeignObject owner, Fields fields) {
        Reference reference = Reference.read(fields.block("sourceRef"), owner);
        String chart = fields.text("chart").orElse("");
        Optional<String> version = fields.text("version");
        Form source = new Form();
        boolean git = reference.kind().equals("GitRepository");
        if (git) {
            sources.find(reference).ifPresent(object -> source.setAll(sources.git(object)));
            source.text("path", ArgoSource.relative(chart)).text("renderer", "helm");
            fields.note("version", "is that of the commit, in Flux too", "");
        } else if (reference.kind().isEmpty() || reference.kind().equals("HelmRepository")) {
            sources.find(reference).ifPresent(object -> source.setAll(sources.helm(object)));
            source.text("revision", version.filter(text -> !text.equals("*"))).text("chart", chart);
        } else {
            sources.refuse(reference);
        }
        Form helm = new Form()
                .texts("valueFiles", valueFiles(fields, git ? ArgoSource.relative(chart) : ""))
                .flag("ignoreMissingValueFiles", fields.flag("ignoreMissingValuesFiles"));
        strategy(fields, git);
        fields.note(
                "interval",
                "how often it is asked for is up to gitops watch, or the triggers of the item in Jenkins",
                "");
        fields.unmapped("verify", "signatures of charts are not checked", "let the registry accept signed ones only");
        fields.finish();
        return new Chart(source, helm);
    }

    private static void strategy(Fields fields, boolean git) {
        boolean everyCommit =
                fields.text("reconcileStrategy").filter("Revision"::equals).isPresent();
        if (git && !everyCommit) {
            fields.noteHere(
                    "Flux takes a chart in Git anew only when the version in its Chart.yaml changes; here every commit"
                            + " that touches it counts",
                    "");
        }
    }

    /** In Flux they take the place of the chart's values.yaml, here they come on top of it. */
    private static List<String> valueFiles(Fields fields, String chart) {
        List<String> files =
                fields.texts("valuesFiles").stream().map(ArgoSource::relative).toList();
        String first = chart.isEmpty() ? VALUES : chart + "/" + VALUES;
        if (!files.isEmpty() && !files.get(0).equals(first)) {
            fields.unmapped(
                    "valuesFiles",
                    "in Flux they take the place of the chart's values.yaml, here they come on top of it",
                    "look for values that are set in values.yaml alone, and set them to null");
        }
        List<String> kept = new ArrayList<>();
        for (String file : files) {
            if (!(kept.isEmpty() && file.equals(first))) {
                // From the repository's root; a chart of a repository is its own root.
                kept.add(chart.isEmpty() ? file : "/" + file);
            }
        }
        return kept;
    }
}

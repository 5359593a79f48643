package io.jenkins.plugins.gitops.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import io.jenkins.plugins.gitops.application.SourceSettings;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.HelmOptions.FileParameter;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import io.jenkins.plugins.gitops.field.Lines;
import io.jenkins.plugins.gitops.render.HelmChart;
import io.jenkins.plugins.gitops.render.HelmSettings;
import io.jenkins.plugins.gitops.render.RendererSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An application's sources, as an item holds them: one checkout, and before it perhaps a chart of a chart repository, which
 * takes values files from that checkout.
 */
final class SourceMapping {
    /** By which an item's form calls its checkout in the paths of values files. */
    private static final String REF = "values";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String release;
    private final Optional<Source> chart;
    private final Optional<Source> files;
    private final List<Source> left;

    /** @param release what Helm's release must be called where nothing else is said; empty where an item calls it so by itself */
    SourceMapping(Source source, String release) {
        this.release = release;
        List<Source> rest = new ArrayList<>(source.all());
        Optional<Source> first = rest.stream().filter(Source::isChart).findFirst();
        Optional<Source> git = rest.stream().filter(one -> !one.isChart()).findFirst();
        // A chart that comes after manifests of another repository is still the one that the form can hold.
        chart = first;
        first.ifPresent(rest::remove);
        files = git;
        git.ifPresent(rest::remove);
        left = List.copyOf(rest);
    }

    /** Those that an item has no place for. */
    List<Source> left() {
        return left;
    }

    boolean hasCheckout() {
        return files.isPresent();
    }

    /** Whether a branch must be chosen, because none is named. */
    boolean isWithoutRevision() {
        return files.filter(source -> source.revision().isEmpty()).isPresent();
    }

    /**
     * What is checked out.
     *
     * @param branch for a repository whose default branch is meant
     * @param credentialsId null for a repository that asks for none
     */
    SCM scm(String branch, @CheckForNull String credentialsId) {
        return files.<SCM>map(source -> new GitSCM(
                        List.of(new UserRemoteConfig(
                                source.repository(), null, null, Util.fixEmptyAndTrim(credentialsId))),
                        List.of(new BranchSpec(source.revision().isEmpty() ? branch : source.revision())),
                        null,
                        null,
                        List.of()))
                .orElseGet(NullSCM::new);
    }

    /** For people: {@code https://example.com/shop.git main}. */
    String words(String branch) {
        List<String> words = new ArrayList<>();
        chart.ifPresent(
                source -> words.add((source.repository() + " " + source.chart() + " " + source.revision()).strip()));
        files.ifPresent(source -> words.add((source.repository() + " "
                        + (source.revision().isEmpty() ? branch : source.revision()) + " " + source.path())
                .strip()));
        return String.join("\n", words);
    }

    SourceSettings settings() {
        Source wanted = wanted();
        Source place = wanted.others().isEmpty() ? wanted : wanted.others().get(0);
        SourceSettings settings = new SourceSettings(place.isChart() ? "" : place.path());
        RendererSettings renderer = RendererMapping.of(wanted);
        boolean tool = place.renderer() == RendererKind.helm || place.renderer() == RendererKind.kustomize;
        if (!tool) {
            settings.setRecurse(place.recurse());
            settings.setInclude(Lines.of(SurvivingLines.of(place.include())));
            settings.setExclude(Lines.of(SurvivingLines.of(place.exclude())));
        }
        if (renderer instanceof HelmSettings helm) {
            chart.ifPresent(source -> {
                HelmChart reference = new HelmChart(source.repository(), source.chart());
                reference.setVersion(source.revision());
                helm.setChart(reference);
            });
        }
        settings.setRenderer(renderer);
        settings.setTrustedKeys(String.join("", place.trustedKeys()));
        return settings;
    }

    /** What an item can do of it, with the names that an item gives: what is compared with what the settings make of it. */
    Source wanted() {
        Source checkout = files.map(SourceMapping::asCheckout).orElseGet(() -> Source.of("", "", ""));
        if (chart.isEmpty()) {
            return checkout.renderer() == RendererKind.helm
                    ? checkout.withHelm(renamed(checkout.helm(), REF))
                    : checkout;
        }
        String ref = files.map(Source::ref).filter(name -> !name.isEmpty()).orElse(REF);
        Source with = chart.get().withHelm(renamed(chart.get().helm(), ref)).withRenderer(RendererKind.helm);
        return with.withOthers(List.of(checkout.withRef(REF)));
    }

    /** The checkout is the host's work, so repository and revision stay empty. */
    private static Source asCheckout(Source source) {
        Source bare = new Source("", "", source.path(), source.recurse(), source.include(), source.exclude());
        List<String> keys = source.trustedKeys().stream()
                .map(key -> key.endsWith("\n") ? key : key + "\n")
                .toList();
        return bare.withRenderer(source.renderer())
                .withHelm(source.helm())
                .withKustomize(source.kustomize())
                .withTrustedKeys(keys.isEmpty() ? keys : List.of(String.join("", keys)));
    }

    private HelmOptions renamed(HelmOptions options, String ref) {
        return new HelmOptions(
                options.releaseName().isEmpty() ? release : options.releaseName(),
                options.namespace(),
                options.valueFiles().stream().map(file -> renamed(file, ref)).toList(),
                options.ignoreMissingValueFiles(),
                readable(options.values()),
                options.parameters(),
                options.fileParameters().stream()
                        .map(file -> new FileParameter(file.name(), renamed(file.path(), ref)))
                        .toList(),
                options.includeCrds(),
                options.skipTests(),
                options.skipSchemaValidation(),
                options.kubeVersion(),
                options.apiVersions());
    }

    /** A form is read by people, and a mapping of YAML in an application file comes as JSON. */
    private static String readable(String values) {
        if (!values.startsWith("{")) {
            return values;
        }
        try {
            return ManifestYaml.write(JSON.readTree(values));
        } catch (JsonProcessingException e) {
            // YAML that looks like JSON.
            return values;
        }
    }

    private static String renamed(String path, String ref) {
        String prefix = "$" + ref + "/";
        return path.startsWith(prefix) ? "$" + REF + path.substring(prefix.length() - 1) : path;
    }
}

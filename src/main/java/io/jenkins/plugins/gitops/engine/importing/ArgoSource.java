package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One source of an Argo CD Application. */
final class ArgoSource {
    /** Versions with a comparison, a wildcard or an alternative in them. */
    private static final Pattern RANGE = Pattern.compile(".*[*^~<>=|,].*|\\d+(\\.\\d+)?\\.[xX]|.* - .*");

    private final Fields fields;
    private final Map<String, String> application;

    /** @param application the build variables that the application settles, without those of the source */
    ArgoSource(Fields fields, Map<String, String> application) {
        this.fields = fields;
        this.application = application;
    }

    /** The source; without a repository when it cannot be one of ours. */
    Form map() {
        String repository = fields.text("repoURL").orElse("");
        String chart = fields.text("chart").orElse("");
        String path = relative(fields.text("path").orElse(""));
        Form form = new Form()
                .text("repository", repository(repository, chart))
                .text("revision", revision(chart))
                .text("path", chart.isEmpty() ? path : "")
                .text("chart", chart)
                .text("ref", fields.text("ref"));
        if (!chart.isEmpty()) {
            fields.note("path", "has no meaning for a chart of a chart repository, in Argo CD either", "");
        }
        renderers(form, environment(repository, path));
        fields.note("name", "sources are told apart by their order", "");
        fields.unmapped(
                "tagPrefix",
                "ranges of versions are not resolved to tags, with or without a prefix",
                "write the tag itself as the revision");
        plugin();
        fields.finish();
        return form;
    }

    private String repository(String repository, String chart) {
        if (repository.isEmpty()) {
            fields.unmappedHere("has no repoURL, so there is nothing to render", "add it");
        } else if (repository.startsWith("oci://") && chart.isEmpty()) {
            fields.unmapped(
                    "repoURL",
                    "manifests are not taken from an OCI registry, only charts",
                    "if the artifact is a chart, give its last part as chart and the rest as repository; else use the Git"
                            + " repository that it is made from");
            return "";
        }
        return repository;
    }

    private String revision(String chart) {
        String revision = fields.text("targetRevision").orElse("");
        if (chart.isEmpty() && RANGE.matcher(revision).matches()) {
            fields.unmapped(
                    "targetRevision",
                    "a range of versions is not resolved to the newest tag of a Git repository",
                    "write the tag itself, or a branch, as the revision; until then the repository is found to have no"
                            + " such revision");
        }
        return revision.equals("HEAD") ? "" : revision;
    }

    /** As in Argo CD, a block says which tool renders, even when it is empty; without one the files do. */
    private void renderers(Form form, BuildEnvironment environment) {
        boolean chart = form.has("chart");
        boolean kustomize = fields.isWritten("kustomize");
        boolean helm = fields.isWritten("helm");
        boolean directory = fields.isWritten("directory");
        if (kustomize && !chart) {
            form.text("renderer", "kustomize");
        } else if (helm && !chart) {
            form.text("renderer", "helm");
        } else if (directory && !chart) {
            form.text("renderer", "plain");
        }
        Fields folder = fields.block("directory");
        boolean recurse = folder.flag("recurse");
        if (!chart && !helm && !kustomize && !(form.has("ref") && !form.has("path"))) {
            form.set("recurse", BooleanNode.valueOf(recurse));
        }
        form.texts("include", globs(folder, "include"));
        form.texts("exclude", globs(folder, "exclude"));
        folder.unmapped("disableExtensionFilter", "only .yaml, .yml and .json files are read", "rename the files");
        folder.unmapped("jsonnet", "Jsonnet is not rendered", "commit what it renders to, or render it in a pipeline");
        folder.finish();
        form.block("kustomize", new ArgoKustomize(fields.block("kustomize"), environment).map());
        form.block("helm", new ArgoHelm(fields.block("helm"), environment).map());
        if (kustomize && helm || directory && (kustomize || helm)) {
            fields.unmappedHere("names several tools, which Argo CD refuses too", "keep the block of one of them");
        }
    }

    /** Argo CD's {@code *} goes across folders, ours does not. */
    private static List<String> globs(Fields folder, String field) {
        return folder.text(field)
                .map(glob -> glob.replaceAll("\\*+", "**"))
                .map(List::of)
                .orElse(List.of());
    }

    private void plugin() {
        fields.unmapped(
                "plugin",
                "config management plugins are not run, so the objects that this one makes are missing",
                "commit what the plugin makes, or render it in a pipeline and sync that; a plugin that only runs helm or"
                        + " kustomize is not needed, and secrets can come encrypted with SOPS");
    }

    private BuildEnvironment environment(String repository, String path) {
        Map<String, String> all = new LinkedHashMap<>(application);
        all.put("ARGOCD_APP_SOURCE_PATH", path);
        all.put("ARGOCD_APP_SOURCE_REPO_URL", repository);
        all.put(
                "ARGOCD_APP_SOURCE_TARGET_REVISION",
                fields.text("targetRevision").orElse(""));
        return new BuildEnvironment(all);
    }

    /** A path inside a repository as we write it: no dots and slashes around it. */
    static String relative(String path) {
        String text = path.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
        return text.equals(".") ? "" : text;
    }
}

package io.jenkins.plugins.gitops.importing;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.ItemGroup;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.importing.ImportOptions;
import io.jenkins.plugins.gitops.engine.importing.ImportText;
import io.jenkins.plugins.gitops.field.Assignments;
import io.jenkins.plugins.gitops.field.LineList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What somebody submits to be imported.
 *
 * @param text that was typed or pasted
 * @param files that were chosen
 * @param cluster of applications that name none, or the one in which their controller runs
 * @param clusters lines of {@code FOREIGN=NAME}
 * @param namespace of applications that name none
 * @param branch of repositories whose default branch is meant
 * @param credentialsId of the repositories; null when they ask for none
 * @param byHand whether new commits are not synced until somebody turns that on
 */
public record ImportRequest(
        String text,
        List<ImportFile> files,
        String cluster,
        String clusters,
        String namespace,
        String branch,
        @CheckForNull String credentialsId,
        boolean byHand) {
    private static final String PASTED = "pasted";
    private static final List<String> IN_CLUSTER =
            List.of("https://kubernetes.default.svc", "https://kubernetes.default", "in-cluster");

    /** A file as a browser read it. */
    public record ImportFile(String name, String text) {
        /** For the page. */
        public String getName() {
            return name;
        }

        public String getText() {
            return text;
        }
    }

    public ImportRequest {
        files = List.copyOf(files);
    }

    static ImportRequest of(StaplerRequest2 request) {
        List<String> names = parameters(request, "fileName");
        List<String> texts = parameters(request, "fileText");
        List<ImportFile> files = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), texts.size()); i++) {
            files.add(new ImportFile(names.get(i), texts.get(i)));
        }
        return new ImportRequest(
                parameter(request, "text", ""),
                files,
                parameter(request, "cluster", ""),
                parameter(request, "clusters", ""),
                parameter(request, "namespace", "default"),
                parameter(request, "branch", "main"),
                Util.fixEmptyAndTrim(request.getParameter("credentialsId")),
                request.getParameter("byHand") != null);
    }

    private static List<String> parameters(StaplerRequest2 request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    private static String parameter(StaplerRequest2 request, String name, String otherwise) {
        String value = Util.fixEmptyAndTrim(request.getParameter(name));
        return value == null ? otherwise : value;
    }

    /** Empty when nothing was given. */
    List<ImportText> texts() {
        List<ImportText> texts = new ArrayList<>();
        if (!text.isBlank()) {
            texts.add(new ImportText(PASTED, text.getBytes(StandardCharsets.UTF_8)));
        }
        files.forEach(file -> texts.add(new ImportText(file.name(), file.text().getBytes(StandardCharsets.UTF_8))));
        return texts;
    }

    /** Clusters by the addresses that are configured here, and as the request calls them, which wins. */
    ImportOptions options(ItemGroup<?> folder) {
        Map<String, String> names = new HashMap<>();
        for (ClusterDefinition known : Clusters.usableIn(folder, "")) {
            names.put(known.getName(), known.getName());
            if (!known.getServerUrl().isEmpty()) {
                names.put(known.getServerUrl().replaceFirst("/+$", ""), known.getName());
            }
        }
        if (!cluster.isEmpty()) {
            IN_CLUSTER.forEach(foreign -> names.put(foreign, cluster));
        }
        List<String> lines = LineList.read(List.of(clusters));
        names.putAll(Assignments.map(lines == null ? List.of() : lines));
        return new ImportOptions(names, namespace);
    }
}

package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import io.jenkins.plugins.gitops.field.DnsLabel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with a Helm option before a chart is there; empty when nothing is. Whatever needs the chart helm itself says. */
final class HelmChecks {
    /** As Helm has it; the length leaves room for what charts append. */
    private static final int LONGEST_RELEASE = 53;

    private static final Pattern RELEASE =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern VERSION = Pattern.compile("v?\\d+(\\.\\d+){0,2}([-+][-+.0-9A-Za-z]*)?");
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

    private HelmChecks() {}

    static Optional<String> releaseName(@CheckForNull String text) {
        String name = Util.fixNull(text).strip();
        boolean good = name.isEmpty()
                || name.length() <= LONGEST_RELEASE && RELEASE.matcher(name).matches();
        return good ? Optional.empty() : Optional.of(Messages.HelmChecks_ReleaseName(name));
    }

    static Optional<String> namespace(@CheckForNull String text) {
        String name = Util.fixNull(text).strip();
        return name.isEmpty() || DnsLabel.is(name)
                ? Optional.empty()
                : Optional.of(Messages.RendererDescriptor_Namespace(name));
    }

    /** @param elsewhere whether the chart is not in the checkout */
    static Optional<String> valueFiles(List<String> paths, boolean elsewhere) {
        String checkout = "$" + HelmSettings.REF + "/";
        for (String path : paths) {
            if (URL.matcher(path).matches()) {
                return Optional.of(Messages.HelmChecks_ValuesUrl(path));
            }
            boolean lent = path.startsWith("$");
            if (lent && !(elsewhere && path.startsWith(checkout))) {
                return Optional.of(
                        elsewhere ? Messages.HelmChecks_OtherRef(path, checkout) : Messages.HelmChecks_NoRef(path));
            }
        }
        return Optional.empty();
    }

    static Optional<String> values(@CheckForNull String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            List<YamlDocument> documents = new YamlReader().read("values", text.getBytes(StandardCharsets.UTF_8));
            return documents.size() <= 1 ? Optional.empty() : Optional.of(Messages.HelmChecks_OneDocument());
        } catch (InvalidInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    static Optional<String> parameters(List<HelmParameter> parameters) {
        return parameters.stream().anyMatch(parameter -> parameter.getName().isEmpty())
                ? Optional.of(Messages.HelmChecks_ParameterName())
                : Optional.empty();
    }

    static Optional<String> fileParameters(List<HelmFileParameter> parameters) {
        return parameters.stream()
                        .anyMatch(parameter -> parameter.getName().isEmpty()
                                || parameter.getPath().isEmpty())
                ? Optional.of(Messages.HelmChecks_FileParameter())
                : Optional.empty();
    }

    static Optional<String> kubeVersion(@CheckForNull String text) {
        String version = Util.fixNull(text).strip();
        return version.isEmpty() || VERSION.matcher(version).matches()
                ? Optional.empty()
                : Optional.of(Messages.HelmChecks_KubeVersion(version));
    }
}

package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.field.LineList;
import io.jenkins.plugins.gitops.tool.HelmInstallation;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A chart, with all that {@link HelmOptions} says. */
public final class HelmSettings extends RendererSettings {
    /** The name by which values files of the checkout are found when the chart is elsewhere, as in Argo CD's examples. */
    static final String REF = "values";

    private String tool;
    private HelmChart chart;
    private String releaseName;
    private String namespace;
    private List<String> valueFiles;
    private boolean ignoreMissingValueFiles;
    private String values;
    private List<HelmParameter> parameters;
    private List<HelmFileParameter> fileParameters;
    private boolean skipCrds;
    private boolean skipTests;
    private boolean skipSchemaValidation;
    private String kubeVersion;
    private List<String> apiVersions;

    @DataBoundConstructor
    public HelmSettings() {
        // Every option has a default.
    }

    @Override
    public Source applyTo(Source source) {
        if (chart == null) {
            return source.withRenderer(RendererKind.helm).withHelm(options());
        }
        return Source.of(chart.getRepository(), chart.getVersion(), "")
                .withChart(chart.getName())
                .withRenderer(RendererKind.helm)
                .withHelm(options())
                .withOthers(List.of(source.withRef(REF)));
    }

    private HelmOptions options() {
        return new HelmOptions(
                getReleaseName(),
                getNamespace(),
                getValueFiles(),
                ignoreMissingValueFiles,
                getValues(),
                getParameters().stream().map(HelmParameter::toParameter).toList(),
                getFileParameters().stream().map(HelmFileParameter::toParameter).toList(),
                isIncludeCRDs(),
                skipTests,
                skipSchemaValidation,
                getKubeVersion(),
                getApiVersions());
    }

    @Override
    public ToolChoice tools() {
        return new ToolChoice(getTool(), "");
    }

    @Override
    public Optional<String> problem() {
        return HelmChecks.releaseName(getReleaseName())
                .or(() -> chart == null ? Optional.empty() : chart.problem())
                .or(() -> HelmChecks.namespace(getNamespace()))
                .or(() -> HelmChecks.valueFiles(getValueFiles(), chart != null))
                .or(() -> HelmChecks.values(getValues()))
                .or(() -> HelmChecks.parameters(getParameters()))
                .or(() -> HelmChecks.fileParameters(getFileParameters()))
                .or(() -> HelmChecks.kubeVersion(getKubeVersion()));
    }

    @NonNull
    public String getTool() {
        return Util.fixNull(tool);
    }

    /** @param tool name of an installation; empty for whichever there is */
    @DataBoundSetter
    public void setTool(String tool) {
        this.tool = Util.fixEmptyAndTrim(tool);
    }

    /** Where the chart is when it is not in the checkout. */
    @CheckForNull
    public HelmChart getChart() {
        return chart;
    }

    @DataBoundSetter
    public void setChart(@CheckForNull HelmChart chart) {
        this.chart = chart;
    }

    @NonNull
    public String getReleaseName() {
        return Util.fixNull(releaseName);
    }

    @DataBoundSetter
    public void setReleaseName(String releaseName) {
        this.releaseName = Util.fixEmptyAndTrim(releaseName);
    }

    @NonNull
    public String getNamespace() {
        return Util.fixNull(namespace);
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    @NonNull
    public List<String> getValueFiles() {
        return Util.fixNull(valueFiles);
    }

    @DataBoundSetter
    public void setValueFiles(List<String> valueFiles) {
        this.valueFiles = LineList.read(valueFiles);
    }

    public boolean isIgnoreMissingValueFiles() {
        return ignoreMissingValueFiles;
    }

    @DataBoundSetter
    public void setIgnoreMissingValueFiles(boolean ignoreMissingValueFiles) {
        this.ignoreMissingValueFiles = ignoreMissingValueFiles;
    }

    @NonNull
    public String getValues() {
        return Util.fixNull(values);
    }

    @DataBoundSetter
    public void setValues(String values) {
        this.values = Util.fixNull(values).isBlank() ? null : values.replace("\r\n", "\n");
    }

    @NonNull
    public List<HelmParameter> getParameters() {
        return Util.fixNull(parameters);
    }

    @DataBoundSetter
    public void setParameters(List<HelmParameter> parameters) {
        this.parameters = Util.fixNull(parameters).isEmpty() ? null : new ArrayList<>(parameters);
    }

    @NonNull
    public List<HelmFileParameter> getFileParameters() {
        return Util.fixNull(fileParameters);
    }

    @DataBoundSetter
    public void setFileParameters(List<HelmFileParameter> fileParameters) {
        this.fileParameters = Util.fixNull(fileParameters).isEmpty() ? null : new ArrayList<>(fileParameters);
    }

    public boolean isIncludeCRDs() {
        return !skipCrds;
    }

    @DataBoundSetter
    public void setIncludeCRDs(boolean include) {
        this.skipCrds = !include;
    }

    public boolean isSkipTests() {
        return skipTests;
    }

    @DataBoundSetter
    public void setSkipTests(boolean skipTests) {
        this.skipTests = skipTests;
    }

    public boolean isSkipSchemaValidation() {
        return skipSchemaValidation;
    }

    @DataBoundSetter
    public void setSkipSchemaValidation(boolean skipSchemaValidation) {
        this.skipSchemaValidation = skipSchemaValidation;
    }

    @NonNull
    public String getKubeVersion() {
        return Util.fixNull(kubeVersion);
    }

    @DataBoundSetter
    public void setKubeVersion(String kubeVersion) {
        this.kubeVersion = Util.fixEmptyAndTrim(kubeVersion);
    }

    @NonNull
    public List<String> getApiVersions() {
        return Util.fixNull(apiVersions);
    }

    @DataBoundSetter
    public void setApiVersions(List<String> apiVersions) {
        this.apiVersions = LineList.read(apiVersions);
    }

    /** What the form offers and says. */
    @Extension(ordinal = 20)
    @Symbol("helm")
    public static final class DescriptorImpl extends RendererDescriptor {
        public DescriptorImpl() {
            super(HelmSettings.class, Messages::HelmSettings_DisplayName);
        }

        @POST
        public ListBoxModel doFillToolItems(@AncestorInPath Item item, @QueryParameter String tool) {
            HelmInstallation.DescriptorImpl all =
                    Jenkins.get().getDescriptorByType(HelmInstallation.DescriptorImpl.class);
            return tools(item, all.getInstallations(), tool);
        }

        @POST
        public FormValidation doCheckReleaseName(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> HelmChecks.releaseName(value));
        }

        @POST
        public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> HelmChecks.namespace(value));
        }

        @POST
        public FormValidation doCheckValues(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> HelmChecks.values(value));
        }

        @POST
        public FormValidation doCheckKubeVersion(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> HelmChecks.kubeVersion(value));
        }
    }
}

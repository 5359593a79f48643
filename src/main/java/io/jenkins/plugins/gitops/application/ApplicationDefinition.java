package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.JobProperty;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import hudson.triggers.Trigger;
import io.jenkins.plugins.gitops.cluster.OwnHealthRules;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.field.DnsLabel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The whole configuration of an application as one value: what a form submits, and what configuration as code says and
 * exports. Nothing of it is in an application before all of it is known to be right.
 *
 * <p>What is not said has its default, but for what people change in between: a null trigger list, property list or
 * {@code disabled} leaves what the application has.
 */
public final class ApplicationDefinition {
    private final String name;
    private String uuid;
    private String displayName;
    private String description;
    private Boolean disabled;
    private SCM scm = new NullSCM();
    private SourceSettings source = new SourceSettings("");
    private String cluster = "";
    private String namespace = "";
    private SyncSettings sync = new SyncSettings();
    private List<IgnoreSettings> ignore = List.of();
    private String healthRules = "";
    private DependencySettings dependsOn = DependencySettings.none();
    private DriftSettings driftRules = new DriftSettings();
    private DriftPolicy driftPolicy = DriftPolicy.report;
    private boolean collapseChecks = true;
    private int throttleMinutes;
    private String labelExpression = "";
    private Integer quietPeriod;
    private List<Trigger<?>> triggers;
    private List<JobProperty<?>> properties;

    /** @param name full name, with the folders that it is in */
    @DataBoundConstructor
    public ApplicationDefinition(String name) {
        this.name = Util.fixNull(name).strip();
    }

    static ApplicationDefinition of(GitOpsApplication application) {
        ApplicationDefinition definition = new ApplicationDefinition(application.getFullName());
        definition.uuid = application.getUuid();
        definition.displayName = application.getDisplayNameOrNull();
        definition.description = Util.fixEmpty(application.getDescription());
        definition.disabled = application.isDisabled() ? Boolean.TRUE : null;
        definition.scm = application.getScm();
        definition.source = application.getSource();
        definition.cluster = application.getClusterName();
        definition.namespace = application.getNamespace();
        definition.sync = application.getSync();
        definition.ignore = application.getIgnore();
        definition.healthRules = application.getHealthRules();
        definition.dependsOn = application.getDependsOn();
        definition.driftRules = application.getDriftRules();
        definition.driftPolicy = application.getDriftPolicy();
        definition.collapseChecks = application.isCollapseChecks();
        definition.throttleMinutes = application.getThrottleMinutes();
        definition.labelExpression = application.getLabelExpression();
        definition.quietPeriod = application.getHasCustomQuietPeriod() ? application.getQuietPeriod() : null;
        definition.triggers = List.copyOf(application.getTriggers().values());
        definition.properties = List.copyOf(application.getAllProperties());
        return definition;
    }

    /** What is wrong, with the name of the field; empty when nothing is. */
    public Optional<Problem> problem() {
        return source.problem()
                .map(what -> new Problem("source", what))
                .or(() -> namespace.isEmpty() || DnsLabel.is(namespace)
                        ? Optional.empty()
                        : Optional.of(new Problem("namespace", Messages.GitOpsApplication_NamespaceForm())))
                .or(() -> sync.problem().map(what -> new Problem("sync", what)))
                .or(() -> ignore.stream()
                        .flatMap(rule -> rule.problem().stream())
                        .findFirst()
                        .map(what -> new Problem("ignore", what)))
                .or(() -> driftRules.problem().map(what -> new Problem("driftRules", what)))
                .or(() -> OwnHealthRules.problem(healthRules).map(what -> new Problem("healthRules", what)))
                .or(() -> throttleMinutes < 0
                        ? Optional.of(new Problem("throttleMinutes", Messages.Throttle_Negative(throttleMinutes)))
                        : Optional.empty())
                .or(() -> uuid == null || isUuid(uuid)
                        ? Optional.empty()
                        : Optional.of(new Problem("uuid", Messages.ApplicationDefinition_Uuid(uuid))));
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Makes the application as this says. Whoever calls saves it. */
    void applyTo(GitOpsApplication application) throws IOException {
        Relocation relocation = new Relocation(application);
        application.setScm(scm);
        application.setSource(source);
        application.setClusterName(cluster);
        application.setNamespace(namespace);
        relocation.forget();
        application.setSync(sync);
        application.setIgnore(ignore);
        application.setHealthRules(healthRules);
        application.setDependsOn(dependsOn);
        application.setDriftRules(driftRules);
        application.setDriftPolicy(driftPolicy);
        application.setCollapseChecks(collapseChecks);
        application.setThrottleMinutes(throttleMinutes);
        application.setLabelExpression(labelExpression);
        application.setQuietPeriod(quietPeriod);
        if (uuid != null) {
            application.setUuid(uuid);
        }
        if (disabled != null && disabled != application.isDisabled()) {
            application.makeDisabled(disabled);
        }
        if (triggers != null) {
            application.setTriggers(triggers);
        }
        if (properties != null) {
            application.setProperties(properties);
        }
    }

    public String getName() {
        return name;
    }

    @CheckForNull
    public String getUuid() {
        return uuid;
    }

    /** @param uuid the identity in the cluster; null keeps what the application has, or makes a new one */
    @DataBoundSetter
    public void setUuid(@CheckForNull String uuid) {
        this.uuid = Util.fixEmptyAndTrim(uuid);
    }

    @CheckForNull
    public String getDisplayName() {
        return displayName;
    }

    @DataBoundSetter
    public void setDisplayName(@CheckForNull String displayName) {
        this.displayName = Util.fixEmptyAndTrim(displayName);
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        this.description = Util.fixEmpty(description);
    }

    @CheckForNull
    public Boolean getDisabled() {
        return disabled;
    }

    @DataBoundSetter
    public void setDisabled(@CheckForNull Boolean disabled) {
        this.disabled = disabled;
    }

    @NonNull
    public SCM getScm() {
        return scm;
    }

    @DataBoundSetter
    public void setScm(@CheckForNull SCM scm) {
        this.scm = scm == null ? new NullSCM() : scm;
    }

    @NonNull
    public SourceSettings getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(@NonNull SourceSettings source) {
        this.source = source;
    }

    @NonNull
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixNull(cluster).strip();
    }

    @NonNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).strip();
    }

    @NonNull
    public SyncSettings getSync() {
        return sync;
    }

    @DataBoundSetter
    public void setSync(@NonNull SyncSettings sync) {
        this.sync = sync;
    }

    /** Null when it depends on nothing. */
    @CheckForNull
    public DependencySettings getDependsOn() {
        return dependsOn.isEmpty() ? null : dependsOn;
    }

    @DataBoundSetter
    public void setDependsOn(@CheckForNull DependencySettings dependsOn) {
        this.dependsOn = dependsOn == null ? DependencySettings.none() : dependsOn;
    }

    /** Null when nothing is otherwise than the default. */
    @CheckForNull
    public DriftSettings getDriftRules() {
        return driftRules.isDefault() ? null : driftRules;
    }

    @DataBoundSetter
    public void setDriftRules(@CheckForNull DriftSettings driftRules) {
        this.driftRules = driftRules == null ? new DriftSettings() : driftRules;
    }

    /** The full names of what it depends on. */
    List<String> dependencies() {
        return dependsOn.in(name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "");
    }

    @NonNull
    public String getHealthRules() {
        return healthRules;
    }

    @DataBoundSetter
    public void setHealthRules(String healthRules) {
        this.healthRules = Util.fixNull(healthRules).strip();
    }

    @NonNull
    public List<IgnoreSettings> getIgnore() {
        return ignore;
    }

    @DataBoundSetter
    public void setIgnore(List<IgnoreSettings> ignore) {
        this.ignore = List.copyOf(ignore);
    }

    @NonNull
    public DriftPolicy getDriftPolicy() {
        return driftPolicy;
    }

    @DataBoundSetter
    public void setDriftPolicy(@NonNull DriftPolicy driftPolicy) {
        this.driftPolicy = driftPolicy;
    }

    public boolean isCollapseChecks() {
        return collapseChecks;
    }

    @DataBoundSetter
    public void setCollapseChecks(boolean collapseChecks) {
        this.collapseChecks = collapseChecks;
    }

    public int getThrottleMinutes() {
        return throttleMinutes;
    }

    @DataBoundSetter
    public void setThrottleMinutes(int throttleMinutes) {
        this.throttleMinutes = throttleMinutes;
    }

    @NonNull
    public String getLabelExpression() {
        return labelExpression;
    }

    @DataBoundSetter
    public void setLabelExpression(String labelExpression) {
        this.labelExpression = Util.fixNull(labelExpression).strip();
    }

    @CheckForNull
    public Integer getQuietPeriod() {
        return quietPeriod;
    }

    @DataBoundSetter
    public void setQuietPeriod(@CheckForNull Integer quietPeriod) {
        this.quietPeriod = quietPeriod;
    }

    @CheckForNull
    public List<Trigger<?>> getTriggers() {
        return triggers;
    }

    @DataBoundSetter
    public void setTriggers(@CheckForNull List<Trigger<?>> triggers) {
        this.triggers = triggers == null ? null : List.copyOf(triggers);
    }

    @CheckForNull
    public List<JobProperty<?>> getProperties() {
        return properties;
    }

    @DataBoundSetter
    public void setProperties(@CheckForNull List<JobProperty<?>> properties) {
        this.properties = properties == null ? null : List.copyOf(properties);
    }
}

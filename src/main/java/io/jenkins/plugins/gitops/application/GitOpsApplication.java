package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.JobProperty;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.NullSCM;
import hudson.scm.PollingResult;
import hudson.scm.SCM;
import hudson.security.Permission;
import hudson.triggers.SCMTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.AlternativeUiTextProvider;
import hudson.util.DescribableList;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.cluster.OwnHealthRules;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.triggers.SCMTriggerItem;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * An application as an item: one source, one destination and the policies between them. Every reconcile is a build of it.
 *
 * <p>Builds are serialised. Each takes an executor of a node that matches the label, for rendering and cluster traffic happen
 * there.
 */
public final class GitOpsApplication extends ApplicationJob implements SCMTriggerItem {
    private String uuid;
    private String nameInCluster;
    private SCM scm;
    private SourceSettings source;
    private String cluster;
    private String namespace;
    private SyncSettings sync;
    private List<IgnoreSettings> ignore;
    private String healthRules;
    private DependencySettings dependsOn;
    private DriftSettings driftRules;
    private DriftPolicy driftPolicy;
    private Boolean collapseChecks;
    private Integer throttleMinutes;
    private String label;
    private DescribableList<Trigger<?>, TriggerDescriptor> triggers;
    private Integer quietPeriod;
    private volatile boolean disabled;

    @SuppressWarnings("deprecation")
    private hudson.model.BuildAuthorizationToken authToken;

    private transient ApplicationTriggers running;
    private transient StateFile state;
    private transient JobFile observations;
    private transient JobFile heals;
    private transient Polling polling;

    public GitOpsApplication(ItemGroup<?> parent, String name) {
        super(parent, name);
        defaults();
    }

    /** Gives every field that the constructor or an older config.xml has not set its default. */
    private void defaults() {
        scm = scm == null ? new NullSCM() : scm;
        source = source == null ? new SourceSettings("") : source;
        sync = sync == null ? new SyncSettings() : sync;
        driftPolicy = driftPolicy == null ? DriftPolicy.report : driftPolicy;
        triggers = triggers == null ? new DescribableList<>(this) : triggers;
        triggers.setOwner(this);
        running = running == null ? new ApplicationTriggers(this, triggers) : running;
        polling = polling == null ? new Polling(this) : polling;
        observations = observations == null ? new JobFile(this::getRootDir, "gitops-observations.json") : observations;
        heals = heals == null ? new JobFile(this::getRootDir, "gitops-heals.json") : heals;
    }

    @Override
    public void onCreatedFromScratch() {
        super.onCreatedFromScratch();
        state = new StateFile(this::getRootDir);
        identify();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        PostedConfiguration posted = PostedConfiguration.of(this, parent, name);
        super.onLoad(parent, name);
        defaults();
        state = new StateFile(this::getRootDir);
        identify();
        getDependsOn().attach(parent.getFullName());
        running.restart(Items.currentlyUpdatingByXml());
        posted.requireTaken();
    }

    /** The configuration's identity, or else the remembered one, or else a new one; and remembers it. */
    private void identify() {
        ApplicationState known = state.get();
        if (uuid == null) {
            uuid = known.uuid() != null ? known.uuid() : UUID.randomUUID().toString();
        }
        if (nameInCluster == null) {
            nameInCluster = known.nameInCluster() != null ? known.nameInCluster() : ClusterName.of(getName());
        }
        state.update(before -> before.withIdentity(uuid, nameInCluster));
    }

    /** A copy owns nothing of what its original made. */
    @Override
    public void onCopiedFrom(Item src) {
        super.onCopiedFrom(src);
        renewIdentity();
    }

    /** Gives this application an identity of its own: what is in the cluster is not its any more. */
    void renewIdentity() {
        uuid = UUID.randomUUID().toString();
        nameInCluster = ClusterName.of(getName());
        state.update(before -> ApplicationState.NEW.withIdentity(uuid, nameInCluster));
        try {
            save();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot save the new identity of " + getFullName(), e);
        }
    }

    // ---- configuration

    /** Decides ownership in the cluster; survives rename and move. */
    @Exported
    public String getUuid() {
        return uuid;
    }

    /** Takes the identity over that configuration as code says: what that application made is this one's. */
    void setUuid(String identity) {
        uuid = identity;
        state.update(before -> before.withIdentity(uuid, nameInCluster));
    }

    public SCM getScm() {
        return scm;
    }

    public void setScm(SCM scm) {
        this.scm = scm;
    }

    public SourceSettings getSource() {
        return source;
    }

    public void setSource(SourceSettings source) {
        this.source = source;
    }

    @Exported
    public String getClusterName() {
        return Util.fixNull(cluster);
    }

    public void setClusterName(String name) {
        this.cluster = Util.fixEmptyAndTrim(name);
    }

    @Exported
    public String getNamespace() {
        return Util.fixNull(namespace);
    }

    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Whether nobody has said yet what goes where. */
    boolean isUntouched() {
        return cluster == null && namespace == null && scm instanceof NullSCM;
    }

    public SyncSettings getSync() {
        return sync;
    }

    public void setSync(SyncSettings sync) {
        this.sync = sync;
    }

    /** Fields in which Git has no say. */
    public List<IgnoreSettings> getIgnore() {
        return ignore == null ? List.of() : List.copyOf(ignore);
    }

    public void setIgnore(List<IgnoreSettings> rules) {
        this.ignore = rules.isEmpty() ? null : new ArrayList<>(rules);
    }

    /** Health rules of its own, as {@code gitops health --rules} takes them; empty when there are none. */
    public String getHealthRules() {
        return Util.fixNull(healthRules);
    }

    public void setHealthRules(String rules) {
        this.healthRules = Util.fixEmptyAndTrim(rules);
    }

    /** What must be ready before it is synced, as it was written. */
    public DependencySettings getDependsOn() {
        return dependsOn == null ? DependencySettings.none() : dependsOn;
    }

    public void setDependsOn(DependencySettings dependencies) {
        dependencies.attach(getParent().getFullName());
        this.dependsOn = dependencies.isEmpty() ? null : dependencies;
    }

    /** The full names of what must be ready before it is synced. */
    @Exported
    public List<String> getDependencies() {
        return getDependsOn().in(getParent().getFullName());
    }

    public DriftPolicy getDriftPolicy() {
        return driftPolicy;
    }

    public void setDriftPolicy(DriftPolicy driftPolicy) {
        this.driftPolicy = driftPolicy;
    }

    public DriftSettings getDriftRules() {
        return driftRules == null ? new DriftSettings() : driftRules;
    }

    public void setDriftRules(DriftSettings rules) {
        this.driftRules = rules.isDefault() ? null : rules;
    }

    /** Whether consecutive checks that found the same are one build. */
    public boolean isCollapseChecks() {
        return collapseChecks == null || collapseChecks;
    }

    public void setCollapseChecks(boolean collapse) {
        this.collapseChecks = collapse ? null : Boolean.FALSE;
    }

    /** How far apart builds begin that nobody waits for; 0 when that does not matter. */
    public int getThrottleMinutes() {
        return throttleMinutes == null ? 0 : throttleMinutes;
    }

    public void setThrottleMinutes(int minutes) {
        this.throttleMinutes = minutes == 0 ? null : Integer.valueOf(minutes);
    }

    public String getLabelExpression() {
        return Util.fixNull(label);
    }

    public void setLabelExpression(String expression) {
        this.label = Util.fixEmptyAndTrim(expression);
    }

    /** The engine's form of this item. */
    public Application toEngineApplication() {
        Application application = new Application(
                UUID.fromString(uuid),
                nameInCluster,
                source.toSource(AskedRevision.of(scm)),
                destination(),
                sync.toPolicy(),
                getIgnore().stream().map(IgnoreSettings::toRule).toList());
        return OwnHealthRules.in(
                application
                        .withSubstitution(source.substitution())
                        .withSeverities(getDriftRules().rules()),
                getHealthRules());
    }

    StateFile state() {
        return state;
    }

    /** What earlier reports saw, for the next one. */
    JobFile observations() {
        return observations;
    }

    /** Which fields checks have healed, and when. */
    JobFile heals() {
        return heals;
    }

    /** Where it goes now; names are empty where nobody says one. */
    Destination destination() {
        return new Destination(getClusterName(), effectiveNamespace());
    }

    /** Where its inventory is; empty when nobody says a namespace. */
    public String destinationNamespace() {
        return effectiveNamespace();
    }

    /** The configured namespace, or else the cluster's default; empty when neither says one. */
    String effectiveNamespace() {
        return namespace != null
                ? namespace
                : definition().map(ClusterDefinition::getDefaultNamespace).orElse("");
    }

    private Optional<ClusterDefinition> definition() {
        return Clusters.usableBy(this).stream()
                .filter(definition -> definition.getName().equals(getClusterName()))
                .findFirst();
    }

    // ---- what is known

    /** The revision of the last sync that succeeded; null before the first. */
    @Exported
    @CheckForNull
    public String getLastSyncedRevision() {
        ApplicationState.Synced synced = state.get().lastSynced();
        return synced == null ? null : synced.revision();
    }

    /** The build of the last sync that succeeded; null before the first. */
    @CheckForNull
    public GitOpsRun getLastSyncedRun() {
        ApplicationState.Synced synced = state.get().lastSynced();
        return synced == null ? null : getBuildByNumber(synced.build());
    }

    /** The newest build that has a report; null when none. */
    @CheckForNull
    public GitOpsRun getLastReportRun() {
        int number = state.get().lastReport();
        return number == 0 ? null : getBuildByNumber(number);
    }

    /** Whether polling saw commits that nobody has synced; an automatic application is synced instead. */
    @Exported
    public boolean isBehind() {
        return state.get().newCommits() != null;
    }

    /** Whether people were told of drift that is still there, under the policy that tells them. */
    @Exported
    public boolean isAlerting() throws IOException {
        return new DriftAlert(this).isOn();
    }

    /** Why that build outlives every discarder; null when it need not. */
    @CheckForNull
    String whyKeep(int build) {
        ApplicationState known = state.get();
        if (ApplicationState.isOf(known.lastSynced(), build)) {
            return Messages.GitOpsRun_KeptSynced();
        }
        if (ApplicationState.isOf(known.lastAttempt(), build)) {
            return Messages.GitOpsRun_KeptBaseline();
        }
        return new Pins(this).isAt(build) ? Messages.GitOpsRun_KeptPinned() : null;
    }

    // ---- what can be asked of it

    /** Schedules a sync; null when the item takes no builds. A check that waits in the queue becomes this sync. */
    @CheckForNull
    public Queue.Item scheduleSync(Cause... causes) {
        return schedule(ReconcileMode.sync, List.of(new CauseAction(causes)));
    }

    /** Schedules a check; null when the item takes no builds. A sync that waits in the queue is check enough. */
    @CheckForNull
    public Queue.Item scheduleCheck(Cause... causes) {
        return schedule(ReconcileMode.check, List.of(new CauseAction(causes)));
    }

    /** Schedules a build at once, with more actions such as parameters or an {@link AwaitedAction}. */
    @CheckForNull
    public Queue.Item schedule(ReconcileMode mode, List<? extends Action> actions) {
        List<Action> all = new ArrayList<>(actions);
        all.add(new ModeAction(mode));
        return ParameterizedJobMixIn.scheduleBuild2(this, 0, all.toArray(new Action[0]));
    }

    @RequirePOST
    public HttpResponse doSync() {
        return doSchedule(ReconcileMode.sync);
    }

    @RequirePOST
    public HttpResponse doCheck() {
        return doSchedule(ReconcileMode.check);
    }

    @RequirePOST
    public HttpResponse doDryRun() {
        return doSchedule(ReconcileMode.dryRun);
    }

    /**
     * Deletes the item, at once or when a build has taken it out of its cluster; the page {@code remove} asks.
     *
     * @param objects {@code prune} deletes them, {@code release} leaves them without inventory; all else leaves them as they are
     * @param confirmed whether what must be confirmed is deleted too
     * @param noHooks whether no PreDelete and PostDelete hooks run
     */
    @RequirePOST
    public HttpResponse doConfirmRemove(
            @QueryParameter String objects, @QueryParameter String confirmed, @QueryParameter String noHooks)
            throws IOException, InterruptedException {
        checkPermission(DELETE);
        boolean release = "release".equals(objects);
        if (!release && !"prune".equals(objects)) {
            delete();
            return HttpResponses.redirectViaContextPath(getParent().getUrl());
        }
        checkPermission(GitOpsPermissions.SYNC);
        RemovalAction removal = new RemovalAction(release, isChecked(confirmed), isChecked(noHooks));
        List<Action> actions = List.of(removal, new CauseAction(new Cause.UserIdCause()));
        if (schedule(ReconcileMode.sync, actions) == null) {
            return HttpResponses.errorWithoutStack(409, Messages.GitOpsApplication_NotBuildable(getFullName()));
        }
        return HttpResponses.redirectToDot();
    }

    /** As a browser says it, or a script. */
    private static boolean isChecked(@CheckForNull String box) {
        return "on".equals(box) || "true".equals(box);
    }

    /** For the pages. */
    public Permission getSyncPermission() {
        return GitOpsPermissions.SYNC;
    }

    private HttpResponse doSchedule(ReconcileMode mode) {
        checkPermission(GitOpsPermissions.SYNC);
        if (schedule(mode, List.of(new CauseAction(new Cause.UserIdCause()))) == null) {
            return HttpResponses.errorWithoutStack(409, Messages.GitOpsApplication_NotBuildable(getFullName()));
        }
        return HttpResponses.redirectToDot();
    }

    // ---- polling

    @Override
    public Collection<? extends SCM> getSCMs() {
        return SCMTriggerItems.resolveMultiScmIfConfigured(scm);
    }

    @NonNull
    @Override
    public PollingResult poll(@NonNull TaskListener listener) {
        return polling.poll(listener);
    }

    @CheckForNull
    @Override
    public SCMTrigger getSCMTrigger() {
        return running.get(SCMTrigger.class);
    }

    /** As {@link #poll}, for a build that wants to know. */
    PollingResult compare(TaskListener listener) {
        return polling.compare(listener);
    }

    @Override
    public Item asItem() {
        return this;
    }

    // ---- triggers

    @Override
    public Map<TriggerDescriptor, Trigger<?>> getTriggers() {
        return running.byDescriptor();
    }

    /** Adds a trigger, or replaces the one of its kind, and starts it. */
    public void addTrigger(Trigger<?> trigger) throws IOException {
        running.add(trigger);
    }

    void setTriggers(List<Trigger<?>> wanted) throws IOException {
        running.replace(wanted);
    }

    /** Takes properties in place of all that it has, parameters and the build discarder among them. */
    void setProperties(List<? extends JobProperty<?>> wanted) throws IOException {
        try (BulkChange change = new BulkChange(this)) {
            for (JobProperty<?> property : getAllProperties()) {
                removeProperty(asOwn(property));
            }
            for (JobProperty<?> property : wanted) {
                addProperty(asOwn(property));
            }
            change.commit();
        }
    }

    @SuppressWarnings("unchecked")
    private static JobProperty<? super GitOpsApplication> asOwn(JobProperty<?> property) {
        return (JobProperty<? super GitOpsApplication>) property;
    }

    // ---- builds

    /** The nodes that both the application and its cluster allow; null when neither says any. */
    @CheckForNull
    @Override
    public Label getAssignedLabel() {
        String agents = definition().map(ClusterDefinition::getAgentLabel).orElse("");
        if (agents.isEmpty()) {
            return Jenkins.get().getLabel(label);
        }
        return Jenkins.get().getLabel(label == null ? agents : "(" + label + ")&&(" + agents + ")");
    }

    @Override
    public int getQuietPeriod() {
        return quietPeriod != null ? quietPeriod : Jenkins.get().getQuietPeriod();
    }

    void setQuietPeriod(@CheckForNull Integer seconds) {
        this.quietPeriod = seconds;
    }

    public boolean getHasCustomQuietPeriod() {
        return quietPeriod != null;
    }

    @SuppressWarnings("deprecation")
    @CheckForNull
    @Override
    public hudson.model.BuildAuthorizationToken getAuthToken() {
        return authToken;
    }

    @Override
    public String getPronoun() {
        return AlternativeUiTextProvider.get(PRONOUN, this, Messages.GitOpsApplication_Pronoun());
    }

    @Override
    public String getBuildNowText() {
        return Messages.GitOpsApplication_SyncNow();
    }

    // ---- item

    @Exported
    @Override
    public boolean isDisabled() {
        return disabled;
    }

    @Override
    public void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }

    @Override
    protected void performDelete() throws IOException, InterruptedException {
        makeDisabled(true);
        running.stop();
        Jenkins.get().getQueue().cancel(this);
        super.performDelete();
    }

    @Override
    protected void submit(StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException, Descriptor.FormException {
        super.submit(req, rsp);
        ConfigurationForm.submit(this, req, req.getSubmittedForm());
    }

    @SuppressWarnings("deprecation")
    void rebuild(StaplerRequest2 req, JSONObject json) throws IOException, Descriptor.FormException {
        authToken = hudson.model.BuildAuthorizationToken.create(req);
        running.rebuild(req, json);
    }

    @Override
    public GitOpsApplicationDescriptor getDescriptor() {
        return (GitOpsApplicationDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }

    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void alias() {
        Items.XSTREAM2.alias("gitops-application", GitOpsApplication.class);
        Items.XSTREAM2.alias("gitops-ignore-rule", IgnoreSettings.class);
        Run.XSTREAM2.alias("gitops-build", GitOpsRun.class);
    }
}

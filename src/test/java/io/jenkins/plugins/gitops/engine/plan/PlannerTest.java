package io.jenkins.plugins.gitops.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.compare.ComparisonRules;
import io.jenkins.plugins.gitops.engine.compare.DesiredHook;
import io.jenkins.plugins.gitops.engine.compare.IgnoreRules;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The order rules of SEMANTICS 5, each on a comparison written by hand. */
class PlannerTest {
    private final List<Compared> objects = new ArrayList<>();
    private final List<DesiredHook> hooks = new ArrayList<>();
    private HookRuns hookRuns = new HookRuns("", true, Instant.EPOCH);
    private List<String> wantedNamespaces = List.of();
    private SyncPolicy policy = SyncPolicy.DEFAULT.withPrune(true);

    @Test
    void kindsGoFirstToLastWithinAWaveThenNamespaceThenName() {
        missing("widgets.example.com/v1", "Widget", "w", "0");
        missing("apps/v1", "Deployment", "b", "0");
        missing("apps/v1", "Deployment", "a", "0");
        missing("v1", "Service", "s", "0");
        missing("v1", "Secret", "s", "0");
        missing("v1", "Namespace", "n", "0");
        missing("networking.k8s.io/v1", "Ingress", "i", "0");
        assertThat(plan())
                .containsExactly(
                        "0 create Namespace n",
                        "0 create Secret s",
                        "0 create Service s",
                        "0 create Deployment a",
                        "0 create Deployment b",
                        "0 create Ingress i",
                        "0 create Widget w");
    }

    @Test
    void wavesGoBeforeKindsAndMayBeNegative() {
        missing("v1", "Secret", "late", "5");
        missing("apps/v1", "Deployment", "early", "-2");
        missing("v1", "ConfigMap", "middle", "0");
        assertThat(plan())
                .containsExactly("-2 create Deployment early", "0 create ConfigMap middle", "5 create Secret late");
    }

    @Test
    void ourWaveAnnotationWinsOverThatOfArgoCd() {
        Manifest both = manifest("v1", "ConfigMap", "c", "1");
        both.content().withObject("/metadata/annotations").put("gitops.jenkins.io/sync-wave", "-3");
        add(both, Verdict.Missing);
        assertThat(plan()).containsExactly("-3 create ConfigMap c");
    }

    @Test
    void aNamespaceMovesIntoTheWaveOfItsFirstDependent() {
        missing("v1", "Namespace", "store", "3");
        missing("v1", "ConfigMap", "c", "-1");
        assertThat(plan()).containsExactly("-1 create Namespace store", "-1 create ConfigMap c");
    }

    @Test
    void aCustomResourceDefinitionMovesIntoTheWaveOfItsFirstInstance() {
        Manifest definition =
                manifest("apiextensions.k8s.io/v1", "CustomResourceDefinition", "widgets.example.com", "2");
        definition.content().withObject("/spec").put("group", "example.com");
        definition.content().withObject("/spec/names").put("kind", "Widget");
        add(definition, Verdict.Missing);
        missing("example.com/v1", "Widget", "w", "-4");
        assertThat(plan())
                .containsExactly("-4 create CustomResourceDefinition widgets.example.com", "-4 create Widget w");
    }

    @Test
    void prunesGoBeforeAppliesInMirroredWavesAndReverseKindOrder() {
        extra("v1", "ConfigMap", "first", "1");
        extra("apps/v1", "Deployment", "first", "1");
        extra("v1", "ConfigMap", "second", "4");
        missing("v1", "ConfigMap", "new", "1");
        assertThat(plan())
                .containsExactly(
                        "1 prune ConfigMap second",
                        "1 create ConfigMap new",
                        "4 prune Deployment first",
                        "4 prune ConfigMap first");
    }

    @Test
    void pruneLastComesAfterTheLastWave() {
        missing("v1", "ConfigMap", "new", "7");
        Manifest last = manifest("v1", "ConfigMap", "old", "0");
        last.content().withObject("/metadata/annotations").put("argocd.argoproj.io/sync-options", "PruneLast=true");
        addExtra(last);
        assertThat(plan()).containsExactly("7 create ConfigMap new", "8 prune ConfigMap old");
    }

    @Test
    void nothingIsPrunedWithoutPrune() {
        policy = SyncPolicy.DEFAULT;
        extra("v1", "ConfigMap", "old", "0");
        assertThat(plan()).isEmpty();
        assertThat(left()).containsExactly("ConfigMap old: no longer in Git; prune is off");
    }

    @Test
    void namespacesDefinitionsAndVolumeClaimsAreNotPrunedUnasked() {
        extra("v1", "Namespace", "n", "0");
        extra("apiextensions.k8s.io/v1", "CustomResourceDefinition", "c", "0");
        extra("v1", "PersistentVolumeClaim", "p", "0");
        assertThat(plan()).isEmpty();
        assertThat(left()).hasSize(3).allMatch(line -> line.contains("no longer in Git"));
    }

    @Test
    void whatIsInSyncIsLeftAloneUnlessItsOwnershipIsToBeRepaired() {
        add(manifest("v1", "ConfigMap", "same", "0"), Verdict.InSync, Ownership.owned);
        add(manifest("v1", "ConfigMap", "theirs", "0"), Verdict.InSync, Ownership.repair);
        assertThat(plan()).containsExactly("0 configure ConfigMap theirs");
        assertThat(left()).containsExactly("ConfigMap same: ");
    }

    @Test
    void aWaveThatIsNoIntegerIsAnErrorNamingTheManifest() {
        missing("v1", "ConfigMap", "c", "soon");
        assertThatThrownBy(this::plan)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("app.yaml:7")
                .hasMessageContaining("\"soon\"");
    }

    @Test
    void phasesGoInOrderAndAHookRunsInEachOfItsPhases() {
        missing("v1", "ConfigMap", "settings", "-9");
        hook("Job", "migrate", "PreSync,PostSync", "3");
        hook("Job", "alarm", "SyncFail", "0");
        assertThat(steps())
                .containsExactly(
                        "PreSync 3 create Job migrate",
                        "Sync -9 create ConfigMap settings",
                        "PostSync 3 create Job migrate",
                        "SyncFail 0 create Job alarm");
    }

    @Test
    void hooksOfTheSyncPhaseGoByKindAmongTheObjectsOfTheirWave() {
        missing("apps/v1", "Deployment", "web", "0");
        missing("v1", "ConfigMap", "settings", "0");
        missing("networking.k8s.io/v1", "Ingress", "web", "0");
        hook("Job", "warm", "Sync", "0");
        assertThat(steps())
                .containsExactly(
                        "Sync 0 create ConfigMap settings",
                        "Sync 0 create Deployment web",
                        "Sync 0 create Job warm",
                        "Sync 0 create Ingress web");
    }

    @Test
    void inAWavePrunesGoFirstThenOldHooksThenWhatIsWritten() {
        missing("v1", "ConfigMap", "new", "0");
        extra("v1", "ConfigMap", "old", "0");
        Manifest earlier = manifest("batch/v1", "Job", "warm", "0");
        hook("Job", "warm", "Sync", "0", earlier.content());
        assertThat(steps())
                .containsExactly(
                        "Sync 0 prune ConfigMap old",
                        "Sync 0 delete Job warm",
                        "Sync 0 create ConfigMap new",
                        "Sync 0 create Job warm");
    }

    @Test
    void aHookWithoutBeforeHookCreationIsAppliedToWhatIsThere() {
        Manifest earlier = manifest("batch/v1", "Job", "warm", "0");
        hooks.add(hook("Job", "warm", "Sync", "0", "HookFailed", List.of(earlier.content())));
        assertThat(steps()).containsExactly("Sync 0 configure Job warm");
    }

    @Test
    void aNamespaceMovesIntoThePhaseAndWaveOfTheFirstHookThatNeedsIt() {
        missing("v1", "Namespace", "store", "0");
        missing("v1", "ConfigMap", "c", "-1");
        hook("Job", "migrate", "PreSync", "4");
        hook("Job", "alarm", "SyncFail", "-7");
        assertThat(steps())
                .containsExactly(
                        "PreSync 4 create Namespace store",
                        "PreSync 4 create Job migrate",
                        "Sync -1 create ConfigMap c",
                        "SyncFail -7 create Job alarm");
    }

    @Test
    void namespacesThatAnOptionWantsComeBeforeAllElseWhileSomethingIsInThem() {
        wantedNamespaces = List.of("elsewhere", "store");
        missing("v1", "ConfigMap", "c", "3");
        hook("Job", "migrate", "PreSync", "4");

        assertThat(steps())
                .containsExactly(
                        "PreSync 4 create Namespace store",
                        "PreSync 4 create Job migrate",
                        "Sync 3 create ConfigMap c");
        hooks.clear();
        assertThat(made().limitedTo(object -> false).namespacesToCreate()).isEmpty();
    }

    @Test
    void aPrunedNamespaceGoesAfterWhatItHolds() {
        policy = SyncPolicy.DEFAULT.toBuilder()
                .prune(true)
                .pruneNamespaces(true)
                .pruneCustomResourceDefinitions(true)
                .build();
        extra("v1", "Namespace", "store", "5");
        extra("v1", "ConfigMap", "c", "0");
        extra("v1", "ConfigMap", "d", "5");
        assertThat(steps())
                .containsExactly(
                        "Sync 0 prune ConfigMap d", "Sync 5 prune ConfigMap c", "Sync 5 prune Namespace store");
    }

    @Test
    void whatIsKeptHasNoPartInTheMirroring() {
        extra("v1", "PersistentVolumeClaim", "data", "9");
        extra("v1", "ConfigMap", "a", "1");
        extra("v1", "ConfigMap", "b", "2");
        assertThat(plan()).containsExactly("1 prune ConfigMap b", "2 prune ConfigMap a");
    }

    @Test
    void aGeneratedNameIsOfRevisionPhaseAndSecondAndNoTwoAreTheSame() {
        hookRuns = new HookRuns("0123456789abcdef", true, Instant.ofEpochSecond(1_700_000_000));
        for (int i = 0; i < 2; i++) {
            Manifest job = manifest("batch/v1", "Job", "", "0");
            job.content().withObject("/metadata").put("generateName", "migrate-");
            hooks.add(hook(job, "PreSync", "HookSucceeded", List.of()));
        }
        assertThat(steps())
                .containsExactly(
                        "PreSync 0 create Job migrate-0123456-presync-1700000000",
                        "PreSync 0 create Job migrate-0123456-presync-1700000000-2");
    }

    @Test
    void aGeneratedNameFitsIntoALabel() {
        Manifest job = manifest("batch/v1", "Job", "", "0");
        job.content().withObject("/metadata").put("generateName", "x".repeat(90));
        hooks.add(hook(job, "PreSync", "HookSucceeded", List.of()));
        assertThat(steps())
                .singleElement()
                .satisfies(step -> assertThat(step.split(" ")[4]).hasSize(63).endsWith("presync-0"));
    }

    private List<String> steps() {
        return made().report("shop", "", List.of(), PlanReport.Basis.NONE).tasks().stream()
                .map(task ->
                        task.phase() + " " + task.wave() + " " + task.action() + " " + task.kind() + " " + task.name())
                .toList();
    }

    private void hook(String kind, String name, String phases, String wave, ObjectNode... earlier) {
        hooks.add(hook(kind, name, phases, wave, "BeforeHookCreation", List.of(earlier)));
    }

    private static DesiredHook hook(
            String kind, String name, String phases, String wave, String deletePolicy, List<ObjectNode> earlier) {
        return hook(manifest("batch/v1", kind, name, wave), phases, deletePolicy, earlier);
    }

    private static DesiredHook hook(Manifest manifest, String phases, String deletePolicy, List<ObjectNode> earlier) {
        manifest.content()
                .withObject("/metadata/annotations")
                .put("argocd.argoproj.io/hook", phases)
                .put("argocd.argoproj.io/hook-delete-policy", deletePolicy);
        return new DesiredHook(
                manifest, Hook.of(manifest.content()).orElseThrow(), Optional.empty(), earlier, Optional.empty());
    }

    private List<String> plan() {
        return made().tasks().stream()
                .map(task -> task.wave() + " " + task.action() + " "
                        + task.key().kind() + " " + task.key().name())
                .toList();
    }

    private List<String> left() {
        return made().left().stream()
                .map(left ->
                        left.object().key().kind() + " " + left.object().key().name() + ": " + left.reason())
                .toList();
    }

    private Plan made() {
        ApplySet none = ApplySet.empty(
                new Application(new UUID(1, 2), "shop", Source.of("", "", ""), new Destination("", "store"), policy),
                "test");
        return new Planner(policy, Permissions.ALL)
                .plan(
                        new Comparison(
                                none,
                                objects,
                                List.of(),
                                wantedNamespaces,
                                new ComparisonRules(IgnoreRules.NONE, false, ObjectOptions.NONE, true)),
                        hookRuns.in(HookRuns.OF_A_SYNC, hooks));
    }

    private void missing(String apiVersion, String kind, String name, String wave) {
        add(manifest(apiVersion, kind, name, wave), Verdict.Missing);
    }

    private void extra(String apiVersion, String kind, String name, String wave) {
        addExtra(manifest(apiVersion, kind, name, wave));
    }

    private void add(Manifest manifest, Verdict verdict) {
        add(manifest, verdict, Ownership.owned);
    }

    private void add(Manifest manifest, Verdict verdict, Ownership ownership) {
        objects.add(new Compared(
                manifest.key(),
                Optional.of(manifest),
                Optional.empty(),
                Optional.empty(),
                verdict,
                List.of(),
                ownership,
                "",
                Obstacle.none));
    }

    private void addExtra(Manifest live) {
        objects.add(new Compared(
                live.key(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(live.content()),
                Verdict.Extra,
                List.of(),
                Ownership.owned,
                "",
                Obstacle.none));
    }

    private static Manifest manifest(String apiVersion, String kind, String name, String wave) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("apiVersion", apiVersion);
        content.put("kind", kind);
        ObjectNode metadata = content.putObject("metadata");
        metadata.put("name", name);
        if (!kind.equals("Namespace") && !kind.equals("CustomResourceDefinition")) {
            metadata.put("namespace", "store");
        }
        metadata.putObject("annotations").put("argocd.argoproj.io/sync-wave", wave);
        return new Manifest(content, new Origin("app.yaml", 0, 7));
    }
}

package io.jenkins.plugins.gitops.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Hook.DeletePolicy;
import io.jenkins.plugins.gitops.engine.model.Hook.Occasion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of hook annotations, SEMANTICS 6. */
class HookTest {
    private final List<String> wrong = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gitops.jenkins.io/hook     | PreSync                       | PreSync=always
            argocd.argoproj.io/hook    | PostSync                      | PostSync=always
            argocd.argoproj.io/hook    | PreSync, SyncFail ,PostDelete | PreSync=always SyncFail=always PostDelete=always
            gitops.jenkins.io/hook     | PreDelete,Sync                | Sync=always PreDelete=always
            gitops.jenkins.io/hook     | Skip                          | ''
            helm.sh/hook               | pre-install                   | PreSync=firstSync
            helm.sh/hook               | pre-upgrade                   | PreSync=laterSyncs
            helm.sh/hook               | pre-install,pre-upgrade       | PreSync=always
            helm.sh/hook               | post-install, post-upgrade    | PostSync=always
            helm.sh/hook               | post-upgrade                  | PostSync=laterSyncs
            helm.sh/hook               | pre-install,post-upgrade      | PreSync=firstSync PostSync=laterSyncs
            helm.sh/hook               | pre-delete,post-delete        | PreDelete=always PostDelete=always
            helm.sh/hook               | test                          | ''
            helm.sh/hook               | test-success                  | ''
            helm.sh/hook               | pre-rollback                  | ''
            """)
    void aHookRunsInThePhasesThatItsWordsName(String annotation, String words, String phases) {
        Hook hook = Hook.read(object(Map.of(annotation, words)), complaints()).orElseThrow();
        List<String> told = new ArrayList<>();
        hook.phases().forEach((phase, occasion) -> told.add(phase + "=" + occasion));
        assertThat(String.join(" ", told)).isEqualTo(phases);
        assertThat(wrong).isEmpty();
        assertThat(odd).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            presync          | unknown word "presync"; did you mean PreSync?
            PreSync,Later    | unknown word "Later"
            Skip,PreSync     | Skip stands alone
            Delete           | unknown word "Delete"
            ','              | names no phase
            """)
    void aWordThatNobodyKnowsIsWrong(String words, String complaint) {
        Hook.read(object(Map.of("argocd.argoproj.io/hook", words)), complaints());
        assertThat(wrong).singleElement().asString().contains(complaint);
    }

    @Test
    void whatHelmDoesNotKnowHasNoEffectHereEither() {
        Hook hook = Hook.read(
                        object(Map.of("helm.sh/hook", "pre-instal", "helm.sh/hook-delete-policy", "never")),
                        complaints())
                .orElseThrow();
        assertThat(hook.isSkipped()).isTrue();
        assertThat(odd).hasSize(2);
        assertThat(wrong).isEmpty();
    }

    @Test
    void helmsCrdInstallIsANormalObject() {
        assertThat(Hook.of(object(Map.of("helm.sh/hook", "crd-install")))).isEmpty();
        assertThat(Hook.of(object(Map.of("helm.sh/hook-weight", "3")))).isEmpty();
    }

    @Test
    void ourAnnotationWinsOverArgoCdsAndThatOverHelms() {
        Map<String, String> all = Map.of(
                "gitops.jenkins.io/hook", "PostSync",
                "argocd.argoproj.io/hook", "PreSync",
                "helm.sh/hook", "pre-delete");
        assertThat(Hook.of(object(all)).orElseThrow().phases()).containsOnlyKeys(Phase.PostSync);
        Map<String, String> two = Map.of("argocd.argoproj.io/hook", "PreSync", "helm.sh/hook", "pre-delete");
        assertThat(Hook.of(object(two)).orElseThrow().phases()).containsOnlyKeys(Phase.PreSync);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            argocd.argoproj.io/hook-delete-policy | HookSucceeded                    | HookSucceeded
            gitops.jenkins.io/hook-delete-policy  | HookFailed,BeforeHookCreation    | BeforeHookCreation HookFailed
            helm.sh/hook-delete-policy            | hook-succeeded, hook-failed      | HookSucceeded HookFailed
            helm.sh/hook-delete-policy            | before-hook-creation             | BeforeHookCreation
            some.other/annotation                 | x                                | BeforeHookCreation
            """)
    void withoutADeletePolicyAHookIsDeletedBeforeItIsCreatedAnew(String annotation, String words, String policies) {
        Hook hook = Hook.read(object(Map.of("gitops.jenkins.io/hook", "PreSync", annotation, words)), complaints())
                .orElseThrow();
        assertThat(hook.deletePolicies().stream().map(DeletePolicy::name)).containsExactly(policies.split(" "));
        assertThat(wrong).isEmpty();
    }

    @Test
    void aHookMayTakeTenMinutesUnlessItSaysOtherwise() {
        Map<String, String> hook = Map.of("gitops.jenkins.io/hook", "PreSync");
        assertThat(Hook.of(object(hook)).orElseThrow().timeout()).isEqualTo(Duration.ofMinutes(10));
        Map<String, String> longer =
                Map.of("gitops.jenkins.io/hook", "PreSync", "gitops.jenkins.io/hook-timeout", "1h30m");
        assertThat(Hook.of(object(longer)).orElseThrow().timeout()).isEqualTo(Duration.ofMinutes(90));
        Hook.read(
                object(Map.of("gitops.jenkins.io/hook", "PreSync", "gitops.jenkins.io/hook-timeout", "soon")),
                complaints());
        assertThat(wrong).singleElement().asString().contains("must be a duration");
    }

    @ParameterizedTest
    @CsvSource({
        "always, true, true", "always, false, true",
        "firstSync, true, true", "firstSync, false, false",
        "laterSyncs, true, false", "laterSyncs, false, true"
    })
    void helmTellsAnInstallationFromAnUpgrade(Occasion occasion, boolean first, boolean runs) {
        Hook hook = new Hook(
                Map.of(Phase.PreSync, occasion), java.util.Set.of(DeletePolicy.HookFailed), Hook.DEFAULT_TIMEOUT);
        assertThat(hook.runsIn(Phase.PreSync, first)).isEqualTo(runs);
        assertThat(hook.runsIn(Phase.PostSync, first)).isFalse();
    }

    private HookAnnotations.Complaints complaints() {
        return new HookAnnotations.Complaints() {
            @Override
            public void wrong(String annotation, String what) {
                wrong.add(what);
            }

            @Override
            public void odd(String annotation, String what) {
                odd.add(what);
            }
        };
    }

    private static ObjectNode object(Map<String, String> annotations) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode written = object.withObject("/metadata/annotations");
        annotations.forEach(written::put);
        return object;
    }
}

package io.jenkins.plugins.gitops.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImporterTest {
    private static final String CHART = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: NAME, namespace: NAMESPACE}
            spec:
              source: {repoURL: "https://charts.example.com", chart: web, targetRevision: 1.0.0}
              destination: {server: "https://10.0.0.1:6443/", namespace: web}
            """;

    @Test
    void namesAreMadeDifferentAndTheHelmReleaseKeepsItsOwn() {
        Imported imported = read(chart("web", "a"), chart("web", "b"), chart("b-web", "c"), chart("web", "b"));

        assertThat(imported.applications())
                .extracting(ImportedApplication::name)
                .containsExactly("web", "b-web", "c-b-web");
        assertThat(imported.applications()
                        .get(1)
                        .document()
                        .at("/spec/source/helm/releaseName")
                        .asText())
                .isEqualTo("web");
        assertThat(imported.findings()).anySatisfy(finding -> {
            assertThat(finding.where()).isEqualTo("3.yaml:1");
            assertThat(finding.level()).isEqualTo(Level.note);
            assertThat(finding.why()).isEqualTo("is the same as at 1.yaml:1; it is read once");
        });
        Imported other = read(chart("web", "a"), chart("web", "a").replace("1.0.0", "2.0.0"));
        assertThat(other.isComplete()).isFalse();
        assertThat(other.applications()).hasSize(1);
    }

    /** The same name and namespace on two clusters would else be one inventory. */
    @Test
    void aClusterIsCalledWhatTheOptionsSay() {
        ImportOptions options = new ImportOptions(Map.of("https://10.0.0.1:6443", "east"), "default");

        Imported named = new Importer(options).read(List.of(text(0, chart("web", "a"))));
        Imported unnamed = read(chart("web", "a"));

        assertThat(named.isComplete()).isTrue();
        assertThat(named.applications().get(0).application().destination().cluster())
                .isEqualTo("east");
        assertThat(unnamed.isComplete()).isFalse();
        assertThat(unnamed.applications().get(0).application().destination().cluster())
                .as("not the current context by mistake")
                .isEqualTo("https://10.0.0.1:6443");
    }

    @Test
    void whatWouldBeNoValidFileIsToldAndNotMade() {
        Imported imported =
                read(chart("", "a"), chart("Not_Valid", "a"), "apiVersion: argoproj.io/v1alpha1\nkind: Application\n");

        assertThat(imported.applications()).isEmpty();
        assertThat(imported.findings())
                .filteredOn(finding -> finding.level() == Level.unmapped)
                .extracting(finding -> finding.where() + " " + finding.why())
                .contains(
                        "1.yaml:1 no file was made, because it would not be valid: \"Not_Valid\" is no valid name:"
                                + " lower-case letters, digits, '-' and '.', at most 200",
                        "2.yaml:1 has no source, so there is nothing to render")
                .anyMatch(told ->
                        told.startsWith("0.yaml:1 no file was made, because it would not be valid: metadata.name"));
    }

    @Test
    void aTextThatIsNoYamlEndsTheImport() {
        assertThatThrownBy(() -> read(chart("web", "a"), "a: [", "a: 1\na: 2\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1.yaml:")
                .hasMessageContaining("2.yaml:2:1: the key \"a\" is already on line 1");
    }

    @Test
    void aCommentStaysOneWhateverTheInputIsCalled() {
        Imported imported =
                read(chart("\"a\\nmetadata: {}\\n#\"", "a").replace("chart: web", "chart: web, plugin: {name: x}"));
        assertThat(imported.applications()).isEmpty();

        Imported other = read(chart("web", "\"x\\nspec: {}\"").replace("chart: web", "chart: web, plugin: {name: x}"));
        assertThat(other.applications().get(0).yaml().lines().filter(line -> line.startsWith("spec:")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"c3NoLWVkMjU1MTkgQUFBQQ==, ssh-ed25519 AAAA, true", "x, '', false"})
    void keysOfASecretAreTakenWhenTheyCanBeRead(String data, String key, boolean complete) {
        Imported imported = read("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: shop, namespace: a}
                spec: {url: "https://example.com/shop.git", verify: {mode: HEAD, secretRef: {name: keys}}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: keys, namespace: a}
                data: {ada.sshpub: DATA}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: shop, namespace: a}
                spec: {sourceRef: {kind: GitRepository, name: shop}}
                """.replace("DATA", data));

        assertThat(imported.applications()
                        .get(0)
                        .document()
                        .at("/spec/source/verify/keys/0")
                        .asText())
                .isEqualTo(key);
        assertThat(imported.isComplete()).isEqualTo(complete);
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, Deployment",
        "(Deployment|StatefulSet), Deployment StatefulSet",
        "^web-.*$, web-*",
        ".*, *",
        "a.+, a?*",
        "apps\\.example\\.com, apps.example.com",
        "(?:a|b), a b",
        "[ab], ''",
        "a{2}, ''",
        "(a|b)c, ''",
        "a|, ''"
    })
    void aRegularExpressionBecomesGlobsWhereItCan(String regex, String globs) {
        assertThat(String.join(" ", RegexGlobs.of(regex))).isEqualTo(globs);
    }

    @Test
    void aLongReleaseNameIsShortenedAsFluxDoes() {
        assertThat(FluxHelmRelease.releaseName("web", "")).isEqualTo("web");
        assertThat(FluxHelmRelease.releaseName("web", "shop")).isEqualTo("shop-web");
        assertThat(FluxHelmRelease.releaseName("with-a-nice-object-name", "a-very-lengthy-target-namespace"))
                .isEqualTo("a-very-lengthy-target-namespace-with-a-n-97af5d7f41f3")
                .hasSize(53);
    }

    private static String chart(String name, String namespace) {
        return CHART.replace("NAMESPACE", namespace).replace("NAME", name);
    }

    private static Imported read(String... texts) {
        List<ImportText> all = new ArrayList<>();
        for (String text : texts) {
            all.add(text(all.size(), text));
        }
        return new Importer(ImportOptions.DEFAULT).read(all);
    }

    private static ImportText text(int number, String text) {
        return new ImportText(number + ".yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}

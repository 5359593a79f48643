package io.jenkins.plugins.gitops.engine.render;

import static io.jenkins.plugins.gitops.engine.render.Checkout.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {
    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void fill() {
        checkout = new Checkout(folder.resolve("checkout"));
        Stream.of("b.yaml", "a/z.yml", "a.yaml", "a-b/x.json", "a/b/deep.yaml", "B.YAML")
                .forEach(this::add);
        checkout.write("README.md", "# no manifest").write(".git/config.yaml", "not: a manifest");
    }

    private void add(String file) {
        String name = file.toLowerCase(Locale.ROOT).replaceAll("[/.]", "-") + (file.equals("B.YAML") ? "2" : "");
        checkout.write(
                file,
                file.endsWith("json")
                        ? "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"" + name
                                + "\"}}"
                        : configMap(name));
    }

    @Test
    void filesAreReadInOrderOfTheirPaths() {
        assertThat(files(Source.of("", "", "")))
                .containsExactly("B.YAML", "a-b/x.json", "a.yaml", "a/b/deep.yaml", "a/z.yml", "b.yaml");
    }

    @Test
    void withoutRecurseOnlyTheFolderItselfIsRead() {
        assertThat(files(new Source("", "", "", false, List.of(), List.of())))
                .containsExactly("B.YAML", "a.yaml", "b.yaml");
    }

    @ParameterizedTest(name = "include {0} exclude {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            *.yaml      |             | a.yaml b.yaml
            **.yaml     |             | a.yaml a/b/deep.yaml b.yaml
            **/*.yaml   |             | a.yaml a/b/deep.yaml b.yaml
            a/*         |             | a/z.yml
            a/**        |             | a/b/deep.yaml a/z.yml
            {a,b}.yaml  |             | a.yaml b.yaml
            ?.yaml      | b.*         | a.yaml
                        | a           | B.YAML a-b/x.json a.yaml b.yaml
                        | a/**        | B.YAML a-b/x.json a.yaml b.yaml
                        | **/*.json   | B.YAML a.yaml a/b/deep.yaml a/z.yml b.yaml
                        | [a-b].yaml  | B.YAML a-b/x.json a/b/deep.yaml a/z.yml
            *.md        |             |
            """)
    void globsChooseFiles(String include, String exclude, String expected) {
        Source source = new Source("", "", "", true, list(include), list(exclude));

        assertThat(String.join(" ", files(source))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aPatternThatIsNoGlobIsAnError() {
        assertThat(checkout.problems(new Source("", "", "", true, List.of("[a"), List.of())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).startsWith("source.include: the pattern \"[a\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "./a", "a/", "./a/.", "a//"})
    void originsAreRelativeToThePath(String path) {
        assertThat(files(Source.of("", "", path))).containsExactly("b/deep.yaml", "z.yml");
    }

    @Test
    void aFileAsThePathIsThatFile() {
        assertThat(files(Source.of("", "", "a/z.yml"))).containsExactly("z.yml");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ../x      | contains ".."
            a/../..   | contains ".."
            a/../b    | contains ".."
            /etc      | is absolute
            .git      | leads into .git
            a/c       | does not exist: a holds no "c"; did you mean "b"?
            aa-b      | the repository's root holds no "aa-b"; did you mean "a-b"?
            zzzzzzzz  | there are: B.YAML, README.md, a, a-b, a.yaml, b.yaml
            a.yaml/x  | a.yaml holds no "x"
            """)
    void aPathThatIsNotInTheCheckoutIsAnError(String path, String what) {
        assertThat(checkout.problems(Source.of("", "", path)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("source.path"))
                .satisfies(problem -> assertThat(problem.what()).contains(what));
    }

    @Test
    void linksInsideTheCheckoutAreFollowed() {
        checkout.write("other/real.txt", configMap("linked"))
                .link("app/linked.yaml", "../other/real.txt")
                .link("app/folder", "../a/b")
                .link("to-app", "app");

        assertThat(files(Source.of("", "", "to-app"))).containsExactly("folder/deep.yaml", "linked.yaml");
    }

    @Test
    void aLinkOutOfTheCheckoutIsAnErrorThatNamesLinkAndTarget() {
        new Checkout(folder).write("secret.yaml", configMap("outside")).write("outside/x.yaml", configMap("outside2"));
        checkout.link("app/out.yaml", "../../secret.yaml")
                .link("app/dir", "../../outside")
                .link("app/absolute.yaml", folder.resolve("secret.yaml").toString())
                .link("app/git.yaml", "../.git/config.yaml")
                .link("app/gone.yaml", "nothing.yaml")
                .link("app/not-read.txt", "../../secret.yaml");

        List<Problem> problems = checkout.problems(Source.of("", "", "app"));

        assertThat(problems)
                .extracting(Problem::where)
                .containsExactly("absolute.yaml", "dir", "git.yaml", "gone.yaml", "out.yaml");
        assertThat(problems.get(4).what()).contains("out of the repository").contains("../../secret.yaml");
        assertThat(problems.get(3).what()).contains("link to nothing");
    }

    @Test
    void aPathThroughALinkOutOfTheCheckoutIsAnError() {
        new Checkout(folder).write("outside/x.yaml", configMap("outside"));
        checkout.link("link", "../outside");

        assertThat(checkout.problems(Source.of("", "", "link")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("link is a symbolic link out")
                        .contains("../outside"));
    }

    @Test
    void aLinkBackToAFolderAboveIsAnErrorAndNotFollowed() {
        checkout.write("app/x.yaml", configMap("x")).link("app/sub/back", "..");

        assertThat(checkout.problems(Source.of("", "", "app")))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).startsWith("sub/back: is a symbolic link back to app"));
    }

    @Test
    void aCheckoutBehindALinkIsFine() {
        new Checkout(folder).link("link", "checkout");

        assertThat(new Checkout(folder.resolve("link")).render().manifests()).hasSize(6);
    }

    @Test
    void aMissingCheckoutIsAnError() {
        assertThatThrownBy(() -> new Checkout(folder.resolve("none")).render())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "kustomization.yaml, Kustomize",
        "kustomization.yml, Kustomize",
        "Kustomization, Kustomize",
        "Chart.yaml, Helm"
    })
    void aFolderForAnotherRendererBelowThePathIsRefused(String file, String tool) {
        checkout.write("app/" + file, "resources: []\n");

        assertThat(checkout.problems())
                .hasSize(file.equals("Kustomization") ? 0 : 1)
                .allSatisfy(problem -> assertThat(problem.what()).contains("build file of " + tool));
    }

    private List<String> files(Source source) {
        return checkout.render(source).manifests().stream()
                .map(manifest -> manifest.origin().file())
                .toList();
    }

    private static List<String> list(String pattern) {
        return pattern == null ? List.of() : List.of(pattern);
    }
}

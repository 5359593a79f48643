package io.jenkins.plugins.gitops.engine.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.build.HostInputs;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.sops.TestSops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the real sops encrypted, read by the real kustomize and helm. */
class EncryptedSourcesTest {
    private static final String PASSWORD = "swordfish77";

    @TempDir
    Path checkout;

    @TempDir
    Path cache;

    private final List<String> explanations = new ArrayList<>();
    private TestSops sops;
    private TestSops.Key key;
    private RenderTools tools;

    @BeforeEach
    void makeKey() {
        sops = new TestSops(checkout);
        key = sops.key();
        tools = TestTools.all().withCache(cache).withInputs(HostInputs.NONE.withAgeKeys(List.of(key.file())));
    }

    @Test
    void kustomizeReadsWhatItWouldReadHadNothingBeenEncrypted() throws IOException {
        kustomization(checkout);
        List<ObjectNode> expected =
                TestTools.objects(checkout, TestTools.binary("kustomize"), "build", "overlays/production");
        encrypt("base/login.yaml", "encrypted_regex: ^(data|stringData)$");
        encrypt("base/settings.json", "encrypted_suffix: password");
        encrypt("overlays/production/app.env");
        encrypt("overlays/production/tls.key");
        encrypt("overlays/production/patch.yaml", "encrypted_regex: ^data$");

        List<Manifest> rendered = render(kustomize());

        for (ObjectNode object : expected) {
            object.withObject("/metadata").put("namespace", "shop");
            if (object.remove("stringData") != null) {
                object.withObject("/data").put("password", base64(PASSWORD));
            }
        }
        assertThat(rendered).extracting(Manifest::content).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rendered.toString()).contains("../../base/settings.json:2", "../../base/login.yaml:1");
        Manifest settings = rendered.stream()
                .filter(manifest -> manifest.key().name().equals("settings"))
                .findFirst()
                .orElseThrow();
        assertThat(new MaskedSecret().mask(settings).path("data").toString())
                .isEqualTo("{\"app.password\":\"(masked)\",\"mode\":\"fast\",\"patched\":\"(masked)\"}");
    }

    @Test
    void theResultIsKeptButNothingOfItIsReadable() throws IOException {
        kustomization(checkout);
        encrypt("base/login.yaml");
        List<Manifest> first = render(kustomize());

        assertThat(render(kustomize())).isEqualTo(first);
        assertThat(explanations)
                .satisfiesExactly(
                        one -> assertThat(one).contains("miss"),
                        two -> assertThat(two).contains("hit"));
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(PASSWORD, base64(PASSWORD));
            }
        }
        tools = tools.withInputs(HostInputs.NONE);
        assertThatThrownBy(() -> render(kustomize()))
                .as("a kept result needs the key too")
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base/login.yaml: is encrypted with SOPS");
    }

    @Test
    void nothingIsLeftAndTheCheckoutIsAsItWas() throws IOException {
        kustomization(checkout);
        encrypt("base/login.yaml");
        Path broken = checkout.resolve("overlays/production/kustomization.yaml");
        render(kustomize());
        Files.writeString(broken, Files.readString(broken) + "commonLabels: [" + PASSWORD + "]\n");

        assertThatThrownBy(() -> render(kustomize())).isInstanceOf(InvalidInputException.class);

        try (Stream<Path> memory = Files.list(Path.of("/dev/shm"))) {
            assertThat(memory.filter(path -> Files.isDirectory(path)
                            && path.getFileName().toString().startsWith("gitops-plain-")
                            && holds(path, "login.yaml")))
                    .isEmpty();
        }
        assertThat(Files.readString(checkout.resolve("base/login.yaml")))
                .contains("ENC[")
                .doesNotContain(PASSWORD);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean holds(Path folder, String name) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.endsWith(name));
        } catch (IOException e) {
            // Another test's, which is gone by now.
            return false;
        }
    }

    @Test
    void helmReadsEncryptedValuesAndFileParameters() throws IOException {
        chart();
        sops.encrypted("chart/secrets.yaml", "login: {password: " + PASSWORD + "}\n", key);
        sops.encrypted("run.sh", "#!/bin/sh\nexport A=" + PASSWORD + "\n", key);

        List<Manifest> rendered = render(helm());

        assertThat(rendered.get(0).content().at("/data/url").asText()).isEqualTo("db://app:" + PASSWORD + "@db");
        assertThat(rendered.get(0).content().at("/data/script").asText()).contains("export A=" + PASSWORD);
        assertThat(new MaskedSecret().mask(rendered.get(0)).path("data").toString())
                .isEqualTo("{\"url\":\"(masked)\",\"script\":\"(masked)\",\"mode\":\"fast\"}");
        assertThat(render(helm())).isEqualTo(rendered);
        assertThat(explanations.get(1)).contains("hit");
    }

    @Test
    void anErrorOfHelmDoesNotQuoteADecryptedValue() throws IOException {
        chart();
        sops.encrypted("chart/secrets.yaml", "login: {password: " + PASSWORD + "}\n", key);
        sops.encrypted("run.sh", "a", key);
        Files.writeString(
                checkout.resolve("chart/templates/fail.yaml"), "{{ fail (print \"no \" .Values.login.password) }}\n");

        assertThatThrownBy(() -> render(helm()))
                .hasMessageContaining("no (masked)")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void whatHelmReadsByItselfIsRefusedWhenItIsEncrypted() throws IOException {
        chart();
        encrypt("chart/values.yaml");
        assertThatThrownBy(() -> render(Source.of("", "", "chart")))
                .hasMessageStartingWith("chart/values.yaml: is encrypted with SOPS, which is not supported");

        chart();
        sops.encrypted("chart/files/secret.json", "{\"password\": \"" + PASSWORD + "\"}", key);
        Files.writeString(checkout.resolve("chart/templates/config.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: config}
                data: {password: {{ (.Files.Get "files/secret.json" | fromJson).password | quote }}}
                """);
        assertThatThrownBy(() -> render(Source.of("", "", "chart")))
                .hasMessageContaining("/data/password of ConfigMap config is a value that SOPS encrypted");
    }

    @Test
    void aDecryptedTextIsNotQuotedInAProblemOfItsObject() throws IOException {
        Files.createDirectories(checkout.resolve("plain"));
        sops.encrypted(
                "plain/a.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    gitops.jenkins.io/sync-wave: "
                        + PASSWORD + "\n",
                key);

        assertThatThrownBy(() -> render(Source.of("", "", "plain")))
                .hasMessageContaining("sync-wave must be a whole number")
                .hasMessageContaining("(masked)")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void anObjectForAnOperatorStaysEncrypted() throws IOException {
        Files.createDirectories(checkout.resolve("plain"));
        sops.encrypted(
                "plain/a.yaml",
                "apiVersion: isindir.github.com/v1alpha3\nkind: SopsSecret\nmetadata: {name: a}\nspec: {secret: "
                        + PASSWORD + "}\n",
                key,
                "encrypted_regex: ^spec$");

        assertThat(render(Source.of("", "", "plain"))
                        .get(0)
                        .content()
                        .at("/spec/secret")
                        .asText())
                .startsWith("ENC[");
    }

    private static void kustomization(Path root) throws IOException {
        Files.createDirectories(root.resolve("base"));
        Files.createDirectories(root.resolve("overlays/production"));
        Files.writeString(root.resolve("base/kustomization.yaml"), "resources: [login.yaml, settings.json]\n");
        Files.writeString(root.resolve("base/login.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: login
                stringData:
                  password: %s
                """.formatted(PASSWORD));
        Files.writeString(root.resolve("base/settings.json"), """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"},
                 "data": {"app.password": "%s", "mode": "fast"}}
                """.formatted(PASSWORD));
        Files.writeString(root.resolve("overlays/production/kustomization.yaml"), """
                resources: [../../base]
                patches: [{path: patch.yaml}]
                secretGenerator:
                - {name: env, envs: [app.env]}
                - {name: tls, files: [tls.key]}
                """);
        Files.writeString(
                root.resolve("overlays/production/app.env"), "# comment\nUSER=app\nPASSWORD=" + PASSWORD + "=\n");
        Files.write(root.resolve("overlays/production/tls.key"), new byte[] {1, 2, (byte) 0xff, 0, 10, (byte) 0xc3});
        Files.writeString(root.resolve("overlays/production/patch.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  patched: also-%s
                """.formatted(PASSWORD));
    }

    private void chart() throws IOException {
        Files.createDirectories(checkout.resolve("chart/templates"));
        Files.writeString(checkout.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        Files.writeString(checkout.resolve("chart/values.yaml"), "login: {user: app}\nmode: fast\n");
        Files.writeString(checkout.resolve("chart/templates/config.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: config}
                data:
                  url: db://{{ .Values.login.user }}:{{ .Values.login.password }}@db
                  script: {{ .Values.script | trim | quote }}
                  mode: {{ .Values.mode }}
                """);
    }

    /** Encrypts a file that is there. */
    private void encrypt(String name, String... rules) throws IOException {
        byte[] text = Files.readAllBytes(checkout.resolve(name));
        sops.encrypted(name, text, key, rules);
    }

    private static Source kustomize() {
        return Source.of("", "", "overlays/production");
    }

    private static Source helm() {
        return Source.of("", "", "chart")
                .withHelm(new HelmOptions(
                        "",
                        "",
                        List.of("secrets.yaml"),
                        false,
                        "",
                        List.of(),
                        List.of(new HelmOptions.FileParameter("script", "/run.sh")),
                        true,
                        false,
                        false,
                        "",
                        List.of()));
    }

    private List<Manifest> render(Source source) {
        Application application =
                new Application(new UUID(1, 2), "shop", source, new Destination("", "shop"), SyncPolicy.DEFAULT);
        return new Renderer(tools)
                .render(
                        application,
                        new SourceTree(checkout, ""),
                        new BuiltInScopes(),
                        () -> ClusterVersion.UNKNOWN,
                        explanations::add)
                .manifests();
    }
}

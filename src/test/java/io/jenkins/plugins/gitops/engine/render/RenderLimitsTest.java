package io.jenkins.plugins.gitops.engine.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.build.ToolLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no repository may do, whichever renderer reads it. */
class RenderLimitsTest {
    @TempDir
    Path folder;

    /** A source of each kind with one object in the file {@code a.yaml}. */
    private enum Kind {
        plain("", "a.yaml"),
        kustomize("kustomize", "a.yaml"),
        helm("helm", "templates/a.yaml"),
        helm4("helm4", "templates/a.yaml");

        private final String tool;
        private final String file;

        Kind(String tool, String file) {
            this.tool = tool;
            this.file = file;
        }

        Checkout write(Path root, String text) {
            Checkout checkout = new Checkout(root).write("app/" + file, text);
            switch (this) {
                case kustomize -> checkout.write("app/kustomization.yaml", "resources: [a.yaml]\n");
                case helm, helm4 -> checkout.write("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
                case plain -> {
                    // Nothing says that it is plain.
                }
            }
            return checkout;
        }

        RenderTools with(RenderTools tools, Path binary) {
            return switch (this) {
                case kustomize -> tools.withKustomize(binary);
                case helm, helm4 -> tools.withHelm(binary);
                case plain -> tools;
            };
        }

        RenderTools tools() {
            return tool.isEmpty() ? TestTools.all() : with(TestTools.all(), TestTools.binary(tool));
        }
    }

    private static final Source APP = Source.of("", "", "app");

    @ParameterizedTest
    @EnumSource(names = {"kustomize", "helm"})
    void aToolThatTakesTooLongPrintsTooMuchOrNeedsTooMuchIsStopped(Kind kind) throws IOException {
        Checkout checkout = kind.write(folder, Checkout.configMap("a"));
        ToolLimits limits = new ToolLimits(Duration.ofSeconds(1), 10_000, 64 << 20);

        assertThatThrownBy(() -> checkout.render(
                        APP, kind.with(TestTools.all(), script("sleep 60")).withLimits(limits)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did not end within 1 s and was stopped");
        assertThatThrownBy(() -> checkout.render(
                        APP,
                        kind.with(TestTools.all(), script("while :; do echo 0123456789; done"))
                                .withLimits(limits)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("prints more than the limit of 10000 bytes");
    }

    @ParameterizedTest
    @EnumSource(names = {"helm", "helm4"})
    @EnabledOnOs(OS.LINUX)
    void aTemplateThatGrowsWithoutEndIsStopped(Kind kind) {
        Checkout checkout = kind.write(folder, "a: {{ repeat 900000000 \"x\" | repeat 4 }}\n");
        ToolLimits limits = new ToolLimits(Duration.ofSeconds(60), 64 << 20, 128 << 20);

        assertThatThrownBy(() -> checkout.render(APP, kind.tools().withLimits(limits)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs more than the limit of 128 MiB of memory");
    }

    @ParameterizedTest
    @EnumSource(names = {"kustomize", "helm"})
    void noVariableOfTheHostReachesATool(Kind kind) throws IOException {
        Checkout checkout = kind.write(folder, Checkout.configMap("a"));
        Map<String, String> host = new HashMap<>(System.getenv());
        host.put("AWS_SECRET_ACCESS_KEY", "s3cret");
        host.put("KUBECONFIG", "/home/ann/.kube/config");
        host.put("HELM_PLUGINS", "/home/ann/plugins");
        host.put("HOME", "/home/ann");
        Path seen = folder.resolve("seen");
        Path spy = script("env >" + seen + "\nexec " + TestTools.binary(kind.tool) + " \"$@\"");

        Rendered rendered = checkout.render(APP, kind.with(TestTools.all().withEnvironment(host), spy));

        assertThat(rendered.manifests()).hasSize(1);
        assertThat(Files.readString(seen))
                .doesNotContain("s3cret")
                .doesNotContain("/home/ann")
                .contains("HOME=");
    }

    /** Kustomize copies variables into a ConfigMap when an env file names one without a value. */
    @Test
    void anEnvFileOfAKustomizationReadsNoVariableOfTheHost() {
        Checkout checkout = new Checkout(folder)
                .write("app/kustomization.yaml", "configMapGenerator:\n- {name: a, envs: [a.env]}\n")
                .write("app/a.env", "AWS_SECRET_ACCESS_KEY\nB=b\n");
        Map<String, String> host = new HashMap<>(System.getenv());
        host.put("AWS_SECRET_ACCESS_KEY", "s3cret");

        Rendered rendered = checkout.render(APP, TestTools.all().withEnvironment(host));

        assertThat(contents(rendered)).doesNotContain("s3cret").contains("\"B\":\"b\"");
    }

    @ParameterizedTest
    @EnumSource
    void aLinkOutOfTheRepositoryIsRefused(Kind kind) throws IOException {
        Files.writeString(folder.resolve("outside.yaml"), Checkout.configMap("outside"));
        Path root = Files.createDirectory(folder.resolve("checkout"));
        Checkout checkout = kind.write(root, Checkout.configMap("a"));
        Files.delete(root.resolve("app").resolve(kind.file));
        Files.createSymbolicLink(root.resolve("app").resolve(kind.file), folder.resolve("outside.yaml"));

        assertThatThrownBy(() -> checkout.render(APP, kind.tools()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("out of the repository");
    }

    @ParameterizedTest
    @EnumSource
    void aPathOutOfTheRepositoryIsRefused(Kind kind) throws IOException {
        kind.write(folder, Checkout.configMap("outside"));
        Checkout checkout = new Checkout(Files.createDirectory(folder.resolve("checkout")));

        for (String path : List.of("../app", folder.resolve("app").toString())) {
            assertThatThrownBy(() -> checkout.render(Source.of("", "", path), kind.tools()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("relative to the repository's root");
        }
    }

    /** Nine levels of nine: a text of a kilobyte that means half a billion values. */
    @ParameterizedTest
    @EnumSource
    void aYamlBombIsRefusedInSeconds(Kind kind) {
        StringBuilder bomb =
                new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  l0: &l0 [x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("  l%d: &l%d [%s]\n".formatted(i, i, ("*l" + (i - 1) + ", ").repeat(8) + "*l" + (i - 1)));
        }
        Checkout checkout = kind.write(folder, bomb.toString());
        ToolLimits limits = new ToolLimits(Duration.ofSeconds(20), 16 << 20, 512L << 20);
        long start = System.nanoTime();

        assertThatThrownBy(() -> checkout.render(APP, kind.tools().withLimits(limits)))
                .isInstanceOf(InvalidInputException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    }

    private static String contents(Rendered rendered) {
        return rendered.manifests().stream().map(Manifest::content).toList().toString();
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("tool-" + System.nanoTime()), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

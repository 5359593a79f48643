package io.jenkins.plugins.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import groovy.lang.GroovyShell;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.pipeline.modeldefinition.parser.Converter;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What the documents show to be copied is accepted: Declarative pipelines by Declarative's own validation, which knows each step
 * and argument, scripts by the compiler, and configuration as code by its dry run.
 */
class DocumentedCodeTest {
    private static final Path DOCUMENTS = Path.of("docs");
    private static final Path README = Path.of("README.md");

    private record Example(String place, String code) {}

    private static List<Example> examples(String language) throws IOException {
        Pattern block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$");
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            return Stream.concat(Stream.of(README), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(file -> {
                        String text = read(file);
                        return block.matcher(text)
                                .results()
                                .map(found -> new Example(place(file, text, found), found.group(1)));
                    })
                    .toList();
        }
    }

    private static String place(Path file, String text, MatchResult found) {
        return file + ":" + (text.substring(0, found.start()).lines().count() + 1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void scriptsCompile() throws IOException {
        List<Example> scripts = examples("groovy");

        assertThat(scripts).hasSizeGreaterThan(6);
        for (Example script : scripts) {
            assertThatCode(() -> new GroovyShell().parse(script.code()))
                    .as(script.place())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @WithJenkins
    void declarativePipelinesAreValidAndConfigurationIsAccepted(JenkinsRule jenkins) throws Exception {
        List<Example> pipelines = examples("groovy").stream()
                .filter(script -> script.code().startsWith("pipeline {"))
                .toList();
        assertThat(pipelines).hasSizeGreaterThan(4);
        for (String step : List.of("gitopsSync", "gitopsDiff", "gitopsRollback", "gitopsWait", "gitopsRender")) {
            assertThat(pipelines)
                    .as("a complete pipeline with %s", step)
                    .anyMatch(example -> example.code().contains(step));
        }
        for (Example pipeline : pipelines) {
            assertThatCode(() -> Converter.scriptToPipelineDef(pipeline.code()))
                    .as(pipeline.place())
                    .doesNotThrowAnyException();
        }

        List<Example> configurations = examples("yaml").stream()
                .filter(DocumentedCodeTest::isConfiguration)
                .toList();
        assertThat(configurations).hasSizeGreaterThan(2);
        for (Example configuration : configurations) {
            // The one thing that stands for a file of the reader's machine.
            String yaml = configuration.code().replace("${readFileBase64:${GITOPS_KUBECONFIG}}", "a3ViZWNvbmZpZw==");
            assertThatCode(() -> ConfigurationAsCode.get()
                            .checkWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))))
                    .as(configuration.place())
                    .doesNotThrowAnyException();
        }
    }

    private static boolean isConfiguration(Example example) {
        return Stream.of("unclassified:", "tool:", "gitOps:", "jenkins:", "credentials:")
                .anyMatch(example.code()::startsWith);
    }
}

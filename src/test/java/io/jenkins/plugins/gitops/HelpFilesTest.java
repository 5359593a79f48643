package io.jenkins.plugins.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever does not know what a field means finds help beside it: Jenkins shows {@code help-<field>.html} of the same folder. */
class HelpFilesTest {
    private static final Path VIEWS = Path.of("src/main/resources/io/jenkins/plugins/gitops");
    private static final Pattern ENTRY = Pattern.compile("<f:(?:entry|optionalBlock|optionalProperty)\\b([^>]*)>");
    private static final Pattern FIELD = Pattern.compile("\\bfield=\"([^\"]+)\"");

    @Test
    void everyFieldOfEveryFormHasHelp() throws IOException {
        List<Path> forms;
        try (Stream<Path> files = Files.walk(VIEWS)) {
            forms = files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
        List<String> fields = new ArrayList<>();
        List<Path> missing = new ArrayList<>();
        for (Path form : forms) {
            Matcher entries = ENTRY.matcher(Files.readString(form));
            while (entries.find()) {
                Matcher field = FIELD.matcher(entries.group(1));
                if (field.find()) {
                    fields.add(field.group(1));
                    Path help = form.resolveSibling("help-" + field.group(1) + ".html");
                    if (!Files.exists(help) || Files.readString(help).strip().length() < 40) {
                        missing.add(help);
                    }
                }
            }
        }
        assertThat(fields).hasSizeGreaterThan(40).contains("jsonPointers", "clusterName", "spec", "allowedKinds");
        assertThat(missing).isEmpty();
    }

    /** Whoever changes a help file finds by this the translation that says something else now, as far as elements tell. */
    @Test
    void frenchHelpStandsBesideEnglishAndHasItsElements() throws IOException {
        List<Path> french;
        try (Stream<Path> files = Files.walk(VIEWS)) {
            french = files.filter(file -> file.toString().endsWith("_fr.html")).toList();
        }
        assertThat(french).hasSizeGreaterThan(180);
        for (Path file : french) {
            Path english = file.resolveSibling(file.getFileName().toString().replace("_fr.html", ".html"));
            assertThat(english).exists();
            assertThat(elements(file)).as("%s", file).isEqualTo(elements(english));
        }
    }

    @Test
    void allHelpIsThereInFrench() throws IOException {
        try (Stream<Path> files = Files.walk(VIEWS)) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("help.*(?<!_fr)\\.html")))
                    .hasSizeGreaterThan(180)
                    .allSatisfy(english -> assertThat(english.resolveSibling(
                                    english.getFileName().toString().replace(".html", "_fr.html")))
                            .exists());
        }
    }

    private static List<String> elements(Path help) throws IOException {
        return Pattern.compile("</?\\w+")
                .matcher(Files.readString(help))
                .results()
                .map(found -> found.group())
                .sorted()
                .toList();
    }
}

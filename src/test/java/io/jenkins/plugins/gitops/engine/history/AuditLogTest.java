package io.jenkins.plugins.gitops.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void entriesAreReadAsTheyWereWrittenTheOldestFirst() throws IOException {
        AuditLog log = log();
        log.add(entry("ada"));
        log.add(entry("grace \n \u2028 \"x\""));

        assertThat(log.entries()).containsExactly(entry("ada"), entry("grace \n \u2028 \"x\""));
        assertThat(warnings).isEmpty();
    }

    @Test
    void aLineThatADeathToreIsLeftOutAndTheNextOneIsWhole() throws IOException {
        log().add(entry("ada"));
        Files.writeString(folder.resolve("audit.jsonl"), "{\"schemaVersion\":1,\"ti", StandardOpenOption.APPEND);

        log().add(entry("grace"));

        assertThat(log().entries()).containsExactly(entry("ada"), entry("grace"));
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("audit.jsonl:2 is damaged"));
    }

    @Test
    void whatANewerVersionWroteIsLeftOutAndLeftAlone() throws IOException {
        Files.writeString(folder.resolve("audit.jsonl"), "{\"schemaVersion\":2,\"action\":\"bless\"}\n");
        log().add(entry("ada"));

        assertThat(log().entries()).containsExactly(entry("ada"));
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("newer version"));
        assertThat(folder.resolve("audit.jsonl")).content().contains("bless");
    }

    @Test
    void aLongOneGoesOnInANewFile() throws IOException {
        AuditLog log = new AuditLog(folder, 600, warnings::add);
        for (int i = 0; i < 6; i++) {
            log.add(entry("p" + i));
        }

        assertThat(Files.size(folder.resolve("audit.jsonl"))).isLessThan(1200);
        assertThat(log.entries()).last().isEqualTo(entry("p5"));
        assertThat(log.entries()).hasSizeGreaterThan(2).hasSizeLessThan(7);
    }

    @Test
    void twoWritersDoNotTearEachOthersLines() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (String name : List.of("ada", "grace")) {
            writers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 50; i++) {
                    try {
                        log().add(entry(name));
                    } catch (IOException e) {
                        warnings.add(e.toString());
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(log().entries()).hasSize(100);
        assertThat(warnings).isEmpty();
    }

    private AuditLog log() {
        return new AuditLog(folder, warnings::add);
    }

    private static AuditEntry entry(String by) {
        return AuditEntry.approval(TIME, "shop", by, "gitops sync", "abc", List.of("ConfigMap shop/a"));
    }
}

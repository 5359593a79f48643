package io.jenkins.plugins.gitops.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounded and repeatable: the seeds are fixed. */
class YamlReaderFuzzTest {
    private static final String TEXT = """
            apiVersion: v1
            kind: List
            items:
              - &a {apiVersion: v1, kind: ConfigMap, metadata: {name: "a\\u0041", labels: {x: 'y'}}}
              - <<: *a
                data: {k: !!binary aGVsbG8=, n: 0x1F, f: 1.5e3, t: 2001-01-01}
              - ? complex
                : |-
                  text
                   more
            ---
            last: 1
            """;
    private static final String PIECES = "&*!<>|?:-[]{},#%@`'\"\\ \t\r\n~=.0xeE_+yn\u0000\u0085\u2028\uFEFF\uD83D";

    @ParameterizedTest
    @ValueSource(strings = {"f.yaml", "f.json"})
    void mutatedTextsAreReadOrRefusedAtAPlace(String file) {
        Random random = new Random(7);
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < 4_000; i++) {
            StringBuilder text = new StringBuilder(
                    file.endsWith("json") ? "{\"a\": [1, true, \"x\\u0041\", {\"b\": null}], \"c\": -1.5e3}" : TEXT);
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(text.length());
                String piece = String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, piece);
                    case 1 -> text.deleteCharAt(at);
                    default -> text.replace(at, at + 1, piece);
                }
            }
            check(file, text.toString().getBytes(StandardCharsets.UTF_8), refused);
        }
        assertThat(refused.get()).isBetween(100, 3_999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.yaml", "f.json"})
    void randomBytesAreReadOrRefusedAtAPlace(String file) {
        Random random = new Random(11);
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < 4_000; i++) {
            byte[] text = new byte[random.nextInt(60)];
            for (int b = 0; b < text.length; b++) {
                text[b] = (byte) (random.nextInt(20) == 0 ? random.nextInt() : PIECES.charAt(random.nextInt(40)));
            }
            check(file, text, refused);
        }
        assertThat(refused.get()).isGreaterThan(1_000);
    }

    private static void check(String file, byte[] text, AtomicInteger refused) {
        try {
            List<YamlDocument> documents = new YamlReader().read(file, text);
            for (YamlDocument document : documents) {
                assertThat(document.position("").line()).isPositive();
            }
        } catch (InvalidInputException e) {
            refused.incrementAndGet();
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.where()).matches("f\\.(yaml|json):\\d+:\\d+"));
        } catch (RuntimeException e) {
            fail("a text broke the reader: " + new String(text, StandardCharsets.UTF_8), e);
        }
    }
}

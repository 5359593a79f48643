package io.jenkins.plugins.gitops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldValueTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    "nginx:1.25"             | nginx:1.25
                    "512Mi"                  | 512Mi
                    "Closed for maintenance" | Closed for maintenance
                    "5"                      | "5"
                    5                        | 5
                    "true"                   | "true"
                    true                     | true
                    "null"                   | "null"
                    ""                       | ""
                    " x"                     | " x"
                    "a\\tb"                  | "a\\tb"
                    []                       | []
                    {}                       | {}
                    ["a",1]                  | - a⏎- 1
                    {"a":{"b":1}}            | a:⏎  b: 1
                    """)
    void aValueReadsAsNoOtherValueWould(String json, String shown) throws Exception {
        assertThat(FieldValue.of(new ObjectMapper().readTree(json))
                        .orElseThrow()
                        .text())
                .isEqualTo(shown.replace('⏎', '\n'));
    }

    @Test
    void whatIsAbsentHasNoValue() throws Exception {
        assertThat(FieldValue.of(null)).isEmpty();
        assertThat(FieldValue.of(new ObjectMapper().readTree("null"))).isEmpty();
    }

    @Test
    void aLongValueIsFoldedAndAVeryLongOneCut() {
        FieldValue value = FieldValue.of(TextNode.valueOf("x".repeat(30_000))).orElseThrow();

        assertThat(value.isLong()).isTrue();
        assertThat(value.getBeginning()).isEqualTo("x".repeat(120) + " …");
        assertThat(value.text()).hasSizeLessThan(20_200).contains("30,000 characters in all");
    }
}

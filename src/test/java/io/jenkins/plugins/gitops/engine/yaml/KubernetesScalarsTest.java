package io.jenkins.plugins.gitops.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected values are what {@code kubectl annotate --local -o json} prints for the same text. */
class KubernetesScalarsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            yes | true
            Yes | true
            on | true
            y | true
            TRUE | true
            tRUE | "tRUE"
            N | false
            Off | false
            no | false
            "yes" | "yes"
            'on' | "on"
            ~ | null
            Null | null
            nULL | "nULL"
            0644 | 420
            0o644 | 420
            0O17 | 15
            08 | 8
            0o8 | "0o8"
            00 | 0
            0_7 | 7
            0x1F | 31
            0X1f | 31
            +0x1f | 31
            -0x1f | -31
            0x | "0x"
            0b101 | 5
            -0b11 | -3
            1_000 | 1000
            1_ | 1
            _1 | "_1"
            +12 | 12
            -0 | 0
            -0.0 | 0
            9223372036854775807 | 9223372036854775807
            9223372036854775808 | 9.223372036854775807e18
            -9223372036854775809 | -9.223372036854775807e18
            18446744073709551615 | 1.8446744073709551615e19
            0xFFFFFFFFFFFFFFFF | 1.8446744073709551615e19
            0x1FFFFFFFFFFFFFFFF | "0x1FFFFFFFFFFFFFFFF"
            123456789012345678901234567890 | 1.2345678901234568e+29
            9007199254740993 | 9007199254740993
            9007199254740993.0 | 9007199254740992
            1.0 | 1
            1.10 | 1.1
            1e3 | 1000
            1E5 | 100000
            1e21 | 1e21
            1e400 | "1e400"
            .5 | 0.5
            .5_5 | 0.55
            -.5 | -0.5
            1. | 1
            +1.5 | 1.5
            685.230_15e+03 | 685230.15
            1e | "1e"
            e3 | "e3"
            .e3 | ".e3"
            ._ | "._"
            + | "+"
            1.2.3 | "1.2.3"
            12:30:45 | "12:30:45"
            2001-01-01 | "2001-01-01"
            2001-12-14T21:59:43Z | "2001-12-14T21:59:43Z"
            = | "="
            << | "<<"
            !!str 12 | "12"
            ! 12 | "12"
            !!int "12" | 12
            !!int 0x10 | 16
            !!float 3 | 3
            !!bool yes | true
            !!null "" | null
            !!timestamp 2001-01-01 | "2001-01-01"
            !!binary aGVsbG8= | "hello"
            !!map {a: b} | {"a":"b"}
            !!seq [a] | ["a"]
            {a: , b} | {"a":null,"b":null}
            {y: 1} | {"true":1}
            {N: 1} | {"false":1}
            {0x10: a} | {"16":"a"}
            {"0x10": a} | {"0x10":"a"}
            {1.50: a} | {"1.5":"a"}
            {1e6: a} | {"1e+06":"a"}
            {0.00001: a} | {"1e-05":"a"}
            {1234567.5: a} | {"1.2345675e+06":"a"}
            {123456789: a} | {"123456789":"a"}
            {2001-01-01: a} | {"2001-01-01":"a"}
            {a: 1, <<: {a: 2}} | {"a":2}
            {<<: {a: 2}, a: 1} | {"a":1}
            {<<: [{a: 2}, {a: 3, b: 4}]} | {"a":2,"b":4}
            {"<<": {a: b}} | {"<<":{"a":"b"}}
            {!!merge <<: {a: 1}} | {"a":1}
            "\\ud83d\\ude00" | "😀"
            "\\U0001F600" | "😀"
            """)
    void aScalarIsReadAsKubectlReadsIt(String yaml, String json) throws IOException {
        JsonNode value = read(yaml);

        assertThat(value).isEqualTo(JSON.readTree(json));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                ".inf",
                "-.Inf",
                ".nan",
                "!!null x",
                "!!int x",
                "!!int 1.5",
                "!!bool 1",
                "!!timestamp x",
                "!!binary '%%'",
                "!!binary /w==",
                "!foo x",
                "!!foo x",
                "!!set {a}",
                "!!omap [a: 1]",
                "!!str [a]",
                "!!seq {a: b}",
                "{null: x}",
                "{[a]: b}",
                "{{a: b}: b}",
                "{<<: 3}",
                "{<<: [3]}",
                "{<<: null}",
                "{<<: {a: 1}, <<: {b: 2}}",
                "\"\\ud83d\"",
                "\"\\U00110000\"",
            })
    void whatHasNoMeaningIsAnErrorAtItsPlace(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s)f\\.yaml:1:\\d+: .{10,}");
    }

    private static JsonNode read(String yaml) {
        byte[] text = ("v: " + yaml + "\n").getBytes(StandardCharsets.UTF_8);
        return new YamlReader().read("f.yaml", text).get(0).content().get("v");
    }
}

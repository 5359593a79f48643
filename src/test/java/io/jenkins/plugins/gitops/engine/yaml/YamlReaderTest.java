package io.jenkins.plugins.gitops.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static final String TEXT = """
            # a comment
            ---
            # another
            apiVersion: v1
            metadata:
              labels: {a/b: x, "c~d": y}
            items:
              - name: one
              -
                name: two
              - plain
            ---
            ---
            # nothing
            ---
            ~
            --- # the fifth
            second: [1,
              2]
            """;

    @ParameterizedTest(name = "{0} of document {1} is at {2}")
    @CsvSource({
        "'', 0, 4:1",
        "/apiVersion, 0, 4:1",
        "/metadata, 0, 5:1",
        "/metadata/labels, 0, 6:3",
        "/metadata/labels/a~1b, 0, 6:12",
        "/metadata/labels/c~0d, 0, 6:20",
        "/items/0, 0, 8:5",
        "/items/0/name, 0, 8:5",
        "/items/1, 0, 10:5",
        "/items/2, 0, 11:5",
        "/items/3, 0, 7:1",
        "/metadata/name, 0, 5:1",
        "/metadata/labels/none/deep, 0, 6:3",
        "/items/name, 0, 7:1",
        "/apiVersion/x, 0, 4:1",
        "'', 1, 18:1",
        "/second/0, 1, 18:10",
        "/second/1, 1, 19:3",
    })
    void everyNodeHasItsPlace(String pointer, int document, String position) {
        assertThat(read("f.yaml", TEXT).get(document).position(pointer)).hasToString(position);
    }

    @Test
    void aNodeBehindAnAliasIsWhereItsAnchorIs() {
        YamlDocument document =
                read("f.yaml", "a: &x\n  k: 1\nb: *x\nc:\n  <<: *x\n").get(0);

        assertThat(document.position("/b")).hasToString("3:1");
        assertThat(document.position("/b/k")).hasToString("2:3");
        assertThat(document.position("/c/k")).hasToString("2:3");
    }

    @Test
    void columnsCountCharactersNotBytes() {
        assertThat(read("f.yaml", "{ä😀: 1, b: 2}").get(0).position("/b")).hasToString("1:9");
    }

    @Test
    void emptyDocumentsAreSkippedButCounted() {
        assertThat(read("f.yaml", TEXT)).extracting(YamlDocument::index).containsExactly(0, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# comment\n", "---\n", "---\n---\n", "~", "null\n", "\uFEFF", "---\n...\n"})
    void aTextWithoutContentHasNoDocuments(String text) {
        assertThat(read("f.yaml", text)).isEmpty();
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreFine() {
        List<YamlDocument> documents = read("f.yaml", "\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n---\r\nc: 2\r\n");

        assertThat(documents.get(0).content()).hasToString("{\"a\":1,\"b\":\"x\\ny\\n\"}");
        assertThat(documents.get(1).position("/c")).hasToString("6:1");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            a: 1\\nb: [1,\\nc: 2        | f.yaml:3:5  | expected
            a: 1\\na: 2               | f.yaml:2:1  | already on line 1
            a: {b: 1, c: 2, b: 3}     | f.yaml:1:17 | "b" is already on line 1
            1: a\\n"1": b             | f.yaml:2:1  | already
            a:\\n\\tb: 1              | f.yaml:2:1  | tab
            - a\\n- b                 | f.yaml:1:1  | not a mapping
            just text                 | f.yaml:1:1  | not a mapping
            a: 1\\n---\\n12           | f.yaml:3:1  | not a mapping
            a: b: c                   | f.yaml:1:5  | not valid YAML
            a: "x                     | f.yaml      | not valid YAML
            a: *nothing               | f.yaml:1:4  | *nothing has no anchor
            a: &x [*x]                | f.yaml:1:8  | stands inside it
            a: &x 1\\n---\\nb: *x     | f.yaml:3:4  | *x has no anchor before it in this document
            a: @b                     | f.yaml:1:4  | cannot start
            %YAML 3.0\\n---\\na: 1    | f.yaml:1:1  | not valid YAML
            a: '\\u0007'              | f.yaml:1:5  | U+0007
            """)
    void whatIsWrongIsToldAtItsPlace(String text, String where, String what) {
        String real = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");

        List<Problem> problems = problems("f.yaml", real);

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).where()).startsWith(where);
        assertThat(problems.get(0).what()).contains(what);
    }

    @Test
    void everyProblemOfATextIsReportedAndItsDocumentsAreStillGiven() {
        List<Problem> problems = new ArrayList<>();

        List<YamlDocument> documents = new YamlReader()
                .read(
                        "f.yaml",
                        bytes("a: 1\na: 2\nb: !x 1\n---\nc: .inf\n---\n[]\n---\nd: 1\n---\ne: ["),
                        problems::add);

        assertThat(problems)
                .extracting(Problem::where)
                .containsExactly("f.yaml:2:1", "f.yaml:3:4", "f.yaml:5:4", "f.yaml:7:1", "f.yaml:11:5");
        assertThat(documents).extracting(YamlDocument::index).containsExactly(0, 1, 3);
    }

    @Test
    void whatIsNotUtf8IsAnErrorAtItsLine() {
        byte[] text = {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xE4, '\n'};

        assertThatThrownBy(() -> new YamlReader().read("f.yaml", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("f.yaml:2:4: is not UTF-8");
    }

    @Test
    void utf16IsRefused() {
        assertThatThrownBy(() -> new YamlReader().read("f.yaml", "a: 1".getBytes(StandardCharsets.UTF_16)))
                .hasMessageStartingWith("f.yaml:1:1: is not UTF-8");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1,}               | 1:9  | JSON
            {"a": 1\\n"b": 2}       | 2:1  | comma
            {"a": [1, 2}            | 1:12 | starting at 1:7
            {"a": 1, "a": 2}        | 1:10 | already on line 1
            {'a': 1}                | 1:2  | JSON
            {"a": 01}               | 1:8  | JSON
            {"a": 1e999}            | 1:7  | too large
            {"a": NaN}              | 1:10 | NaN
            [1]                     | 1:1  | not a JSON object
            {"a": "\\ud800"}        | 1:7  | surrogate
            a: 1                    | 1:2  | JSON
            {"a": 1} x              | 1:11 | JSON
            """)
    void aJsonFileHasJsonErrors(String text, String position, String what) {
        List<Problem> problems = problems("f.json", text.replace("\\n", "\n"));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).where()).isEqualTo("f.json:" + position);
        assertThat(problems.get(0).what()).contains(what).doesNotContain("Source");
    }

    @Test
    void jsonHasPlacesToo() {
        List<YamlDocument> documents = read("f.json", "{\n\t\"a\": {\n\t\t\"b\": [1.0, true, null]}}\n{\"c\": 2}");

        assertThat(documents.get(0).content()).hasToString("{\"a\":{\"b\":[1,true,null]}}");
        assertThat(documents.get(0).position("")).hasToString("2:2");
        assertThat(documents.get(0).position("/a/b")).hasToString("3:3");
        assertThat(documents.get(0).position("/a/b/1")).hasToString("3:14");
        assertThat(documents.get(1).index()).isEqualTo(1);
    }

    @Test
    void jsonIsReadInAYamlFileAndWhatOnlyLooksLikeItIsYaml() {
        assertThat(read("f.yaml", "{\n\t\"a\": 1\n}").get(0).content()).hasToString("{\"a\":1}");
        assertThat(read("f.yaml", "{a: 1}\n---\n{b: 2}")).hasSize(2);
        assertThat(problems("f.yaml", "{\"a\": 1, \"a\": 2}")).hasSize(1);
    }

    @Test
    void fiftyAliasesAreAllowedInADocumentAndNoMore() {
        String fifty = "a: &x 1\nb: [" + "*x, ".repeat(50) + "]\n";

        assertThat(read("f.yaml", fifty + "---\n" + fifty)).hasSize(2);
        assertThat(problems("f.yaml", fifty + "c: *x\n"))
                .singleElement()
                .hasToString("f.yaml:3:4: the document uses more than 50 aliases; write the values out");
    }

    @Test
    void aBombIsAnErrorAtTheAliasThatIsTooMuch() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append(
                    "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
        }

        assertThat(problems("f.yaml", bomb.toString()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).startsWith("f.yaml:7:"))
                .satisfies(problem -> assertThat(problem.what()).contains("expand to more than 50000 values"));
    }

    @Test
    void aBombOfMergesIsAnErrorToo() {
        String wide = "a: &a {" + "k%d: 1, ".repeat(2000).formatted(numbers(2000)) + "}\n";

        assertThat(problems("f.yaml", wide + "b: [" + "{<<: *a}, ".repeat(24) + "]\n"))
                .isEmpty();
        assertThat(problems("f.yaml", wide + "b: [" + "{<<: *a}, ".repeat(30) + "]\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("expand"));
    }

    @Test
    void theTextThatAliasesRepeatIsLimited() {
        Limits small = new Limits(1_000, 50, 1_000, 200, 1_000_000);
        String text = "a: &a " + "x".repeat(300) + "\nb: [*a, *a, *a, *a]\n";

        assertThatThrownBy(() -> new YamlReader(small).read("f.yaml", bytes(text)))
                .hasMessageContaining("f.yaml:2:17: ")
                .hasMessageContaining("1000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.yaml", "f.json"})
    void depthIsLimited(String file) {
        String fine = "{\"a\": " + "[".repeat(199) + "]".repeat(199) + "}";
        String deep = "{\"a\": " + "[".repeat(200) + "]".repeat(200) + "}";

        assertThat(read(file, fine)).hasSize(1);
        assertThat(problems(file, deep))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("200"));
        assertThat(problems(file, "[".repeat(1_000_000))).hasSize(1);
    }

    @Test
    void aliasesDoNotHideDepth() {
        String text = "a: &a " + "[".repeat(150) + "]".repeat(150) + "\nb: " + "[".repeat(60) + "*a" + "]".repeat(60);

        assertThat(problems("f.yaml", text))
                .singleElement()
                .hasToString("f.yaml:2:64: is nested more than 200 levels deep");
    }

    @Test
    void lengthAndNumberOfValuesAreLimited() {
        Limits small = new Limits(100, 50, 1_000, 200, 10);

        assertThat(new YamlReader(small).read("f.yaml", bytes("a: [" + "1,".repeat(7) + "]")))
                .hasSize(1);
        assertThatThrownBy(() -> new YamlReader(small).read("f.yaml", bytes("a: [" + "1,".repeat(8) + "]")))
                .hasMessage("f.yaml:1:19: the file holds more than 10 values; split it");
        assertThatThrownBy(() -> new YamlReader(small).read("f.yaml", bytes("a: " + "1".repeat(100))))
                .hasMessage("f.yaml: is longer than the limit of 100 bytes; split it");
    }

    @Test
    void sixteenMebibytesAreReadable() {
        byte[] text = bytes("a: " + "x".repeat((16 << 20) - 3));

        assertThat(new YamlReader()
                        .read("f.yaml", text)
                        .get(0)
                        .content()
                        .get("a")
                        .asText())
                .hasSize((16 << 20) - 3);
    }

    private static Object[] numbers(int count) {
        Object[] numbers = new Object[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static List<YamlDocument> read(String file, String text) {
        return new YamlReader().read(file, bytes(text));
    }

    private static List<Problem> problems(String file, String text) {
        InvalidInputException error = catchThrowableOfType(InvalidInputException.class, () -> read(file, text));
        return error == null ? List.of() : error.problems();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

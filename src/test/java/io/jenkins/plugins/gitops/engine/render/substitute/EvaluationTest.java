package io.jenkins.plugins.gitops.engine.render.substitute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.render.build.Variables;
import io.jenkins.plugins.gitops.engine.render.build.Variables.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
    private static final Map<String, String> VALUES = Map.of(
            "var", "abcABC123ABCabc",
            "name", "shop",
            "empty", "",
            "path", "/home/bozo/ideas/thoughts.for.today",
            "file", "bash.string.txt",
            "dots", "foo/bar/baz",
            "wide", "aé😀b",
            "credentials", "x");

    /** The functions of Flux's documentation, with what Flux answers, or where it fails or counts bytes, bash. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            plain text                  | plain text
            ${var}                      | abcABC123ABCabc
            a-${name}-${name}!          | a-shop-shop!
            $name $(name) $ {name}      | $name $(name) $ {name}
            $${name}                    | ${name}
            $$${name}                   | $shop
            $$$${name}                  | $${name}
            kill $$                     | kill $
            a$${b=${name}}              | a${b=shop}
            ${#var}                     | 15
            ${#wide}                    | 4
            ${name^}                    | Shop
            ${name^^}                   | SHOP
            ${var,,}                    | abcabc123abcabc
            ${var^^}                    | ABCABC123ABCABC
            ${empty^}${empty,}          |
            ${path:11}                  | ideas/thoughts.for.today
            ${path:11:5}                | ideas
            ${path: -5}                 | today
            ${path:-5}                  | /home/bozo/ideas/thoughts.for.today
            ${path: -5:2}               | to
            ${name:1:-1}                | ho
            ${name:9}                   |
            ${name:0:99}                | shop
            ${wide:1:2}                 | é😀
            ${none=x}                   | x
            ${none:=x}                  | x
            ${none-x}                   | x
            ${none:-x}                  | x
            ${empty:-x}                 | x
            ${empty:=x}                 | x
            ${empty-x}                  |
            ${empty=x}                  | x
            ${none:-}                   |
            ${none:-a ${name} b}        | a shop b
            ${none:=${other:-${name^^}}} | SHOP
            ${none:=pre${name}-suf}     | preshop-suf
            ${name:-${none}}            | shop
            ${none:-a:b/c#d%e}          | a:b/c#d%e
            ${name?why}                 | shop
            ${name:?why}                | shop
            ${empty?why}                |
            ${var/abc/xyz}              | xyzABC123ABCabc
            ${var//abc/xyz}             | xyzABC123ABCxyz
            ${var/#abc/XYZ}             | XYZABC123ABCabc
            ${var/%abc/XYZ}             | abcABC123ABCXYZ
            ${var/#ABC/XYZ}             | abcABC123ABCabc
            ${var//abc/}                | ABC123ABC
            ${var//abc}                 | ABC123ABC
            ${dots/\\//-}               | foo-bar/baz
            ${dots//\\//-}              | foo-bar-baz
            ${var//${none:-ABC}/${name}} | abcshop123shopabc
            ${file#*.}                  | string.txt
            ${file##*.}                 | txt
            ${file%.*}                  | bash.string
            ${file%%.*}                 | bash
            ${path#*/}                  | home/bozo/ideas/thoughts.for.today
            ${path##*/}                 | thoughts.for.today
            ${path%/*}                  | /home/bozo/ideas
            ${file#[a-c]?}              | sh.string.txt
            ${file#[!a-c]}              | bash.string.txt
            ${file%t[!a]t}              | bash.string.
            ${file#none}                | bash.string.txt
            ${var##*a*b*c*1*}           |
            """)
    void aTextHasTheValuesOfItsVariables(String text, String expected) throws ExpressionException {
        assertThat(Evaluation.of(ExpressionParser.parse(text), known()).text())
                .isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            ${nam}                | the variable "nam" of ${nam} is undefined; did you mean "name"?
            ${nam^^}              | undefined
            ${#nam}               | undefined
            ${nam:0:1}            | undefined
            ${nam/a/b}            | undefined
            ${nam#a}              | undefined
            ${none:-${nam}}       | the variable "nam" of ${nam}
            ${none:?give it}      | the variable "none" is needed: give it
            ${none?}              | the variable "none" is needed
            ${empty:?not empty}   | the variable "empty" is needed: not empty
            ${name                | a "}" is missing
            ${name.first}         | a "}" is missing
            ${name:-${var}        | a "}" is missing
            ${}                   | names no variable
            ${-x}                 | names no variable
            ${name:+x}            | "+", which is not supported
            ${name+x}             | "+", which is not supported
            ${name:a}             | takes numbers
            ${credentials:a b}    | there is no such credential here
            """)
    void whatCannotBeReplacedIsAnError(String text, String message) {
        assertThatThrownBy(() -> Evaluation.of(ExpressionParser.parse(text), known()))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theHostKnowsCredentialsAndWinsOverTheApplication() throws ExpressionException {
        Variables host = name -> Optional.ofNullable(Map.of("credentials:4f-deploy.key", "s3cret", "name", "other")
                        .get(name))
                .map(text -> new Value(text, name.startsWith("credentials:")));
        KnownVariables known =
                new KnownVariables(new Substitution(true, VALUES, List.of()), host, ValueObjects.UNREACHABLE);

        assertThat(Evaluation.of(ExpressionParser.parse("${name} ${credentials:4f-deploy.key}!"), known))
                .satisfies(result -> {
                    assertThat(result.text()).isEqualTo("other s3cret!");
                    assertThat(result.secrets()).containsExactlyInAnyOrder("s3cret", "other s3cret!");
                });
    }

    /** Whatever stands in a manifest: it is read, or refused with words. */
    @Test
    void noTextIsTooOdd() {
        Random random = new Random(7);
        int[] characters = "${}:=-?+#%/^,*[]!\\ab \n😀".codePoints().toArray();
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("${");
            random.ints(random.nextInt(14), 0, characters.length).forEach(at -> text.appendCodePoint(characters[at]));
            try {
                assertThat(Evaluation.of(ExpressionParser.parse(text.toString()), known()))
                        .isNotNull();
            } catch (ExpressionException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    /** Else a pattern could take the time of a rendering many times over. */
    @Test
    void aHostilePatternCostsNoMoreThanItsLength() throws ExpressionException {
        String value = "a".repeat(5_000);
        KnownVariables known = new KnownVariables(
                new Substitution(true, Map.of("a", value), List.of()), Variables.NONE, ValueObjects.UNREACHABLE);

        assertThat(Evaluation.of(ExpressionParser.parse("${a##*a*a*a*a*a*a*a*a*b}"), known)
                        .text())
                .isEqualTo(value);
    }

    private static KnownVariables known() {
        return new KnownVariables(new Substitution(true, VALUES, List.of()), Variables.NONE, ValueObjects.UNREACHABLE);
    }
}

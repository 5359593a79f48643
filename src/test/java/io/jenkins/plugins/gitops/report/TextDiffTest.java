package io.jenkins.plugins.gitops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {
    @Test
    void onlyChangedLinesAreMarked() {
        assertThat(diff("a\nb\nc\n", "a\nB\nc\n")).isEqualTo(" a|−b|+B| c");
    }

    @Test
    void addedAndRemovedLinesAreFoundBetweenLinesThatStay() {
        assertThat(diff("a\nx\nb\nc\n", "a\nb\ny\nc\n")).isEqualTo(" a|−x| b|+y| c");
    }

    @Test
    void oneSideMayBeEmpty() {
        assertThat(diff("", "a\nb\n")).isEqualTo("+a|+b");
        assertThat(diff("a\nb\n", "")).isEqualTo("−a|−b");
    }

    @Test
    void linesFarFromAChangeAreLeftOut() {
        String same = lines(1, 20);

        assertThat(diff(same + "x\n" + lines(21, 40), same + "y\n" + lines(21, 40)))
                .isEqualTo("⋯| 18| 19| 20|−x|+y| 21| 22| 23|⋯");
    }

    @Test
    void hugeTextsAreStillShownRightly() {
        String result = diff("head\n" + lines(1, 3_000), "head\n" + lines(5_000, 8_000));

        assertThat(result).startsWith(" head|−1|−2").endsWith("+7999|+8000");
        assertThat(result.split("\\|")).hasSize(1 + 3_000 + 3_001);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static String diff(String live, String git) {
        return TextDiff.of(live, git).lines().stream()
                .map(line -> line.getSign() + line.text())
                .collect(Collectors.joining("|"));
    }
}

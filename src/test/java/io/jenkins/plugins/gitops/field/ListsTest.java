package io.jenkins.plugins.gitops.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.Stapler;

class ListsTest {
    @Test
    void wordsAreSeparatedByCommasBlanksAndLineBreaks() {
        assertThat(new Words(" shop, team-*\n  web\t,,x ").list()).containsExactly("shop", "team-*", "web", "x");
        assertThat(new Words(null).list()).isEmpty();
        assertThat(Words.of(List.of("a", "b")).list()).containsExactly("a", "b");
    }

    @Test
    void linesMayHoldBlanksAndCommas() {
        assertThat(new Lines("/spec/a, b\r\n\n .x[] | select(.a == 1, .b) \n").list())
                .containsExactly("/spec/a, b", ".x[] | select(.a == 1, .b)");
        assertThat(Lines.of(List.of("a, b", "c")).list()).containsExactly("a, b", "c");
    }

    @Test
    void aFormsTextBecomesAList() {
        assertThat(Stapler.lookupConverter(Words.class).convert(Words.class, "a, b"))
                .isEqualTo(new Words("a, b"));
        assertThat(Stapler.lookupConverter(Lines.class).convert(Lines.class, "a\nb"))
                .isEqualTo(new Lines("a\nb"));
    }
}

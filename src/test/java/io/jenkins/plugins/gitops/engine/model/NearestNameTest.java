package io.jenkins.plugins.gitops.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("prune", "pruneNamespaces", "allowEmpty", "wait", "timeout");

    @ParameterizedTest(name = "{0} is near to {1}")
    @CsvSource({
        "prnue, prune",
        "PRUNE, prune",
        "pruneNamespace, pruneNamespaces",
        "allow-empty, allowEmpty",
        "wiat, wait",
        "timout, timeout",
        "time, timeout",
        "xyz,",
        "completelyDifferent,",
        "'',",
    })
    void theNearestNameIsTheOneWithTheFewestEdits(String wrong, String nearest) {
        assertThat(NearestName.of(wrong, NAMES).orElse(null)).isEqualTo(nearest);
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource({"kitten, sitting, 3", "ab, ba, 1", "'', abc, 3", "abc, abc, 0", "abc, ab, 1"})
    void distanceCountsInsertionsRemovalsReplacementsAndSwaps(String a, String b, int distance) {
        assertThat(NearestName.distance(a, b)).isEqualTo(distance);
    }
}

package io.jenkins.plugins.gitops.engine.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyGraphTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shop: db                              | ``
            shop: db cache; db: disk; cache: disk | ``
            shop: shop                            | shop -> shop
            shop: db; db: shop                    | shop -> db -> shop
            shop: db; db: disk; disk: db          | db -> disk -> db
            shop: a b; a: c; b: c; c: b           | c -> b -> c
            """)
    void aCycleThatIsReachedIsPrinted(String graph, String cycle) {
        assertThat(graph(graph)
                        .cycle("shop")
                        .map(names -> String.join(" -> ", names))
                        .orElse(""))
                .isEqualTo(cycle);
    }

    @Test
    void aCycleElsewhereIsNoProblemOfThisOne() {
        assertThat(graph("shop: db; a: b; b: a").problems("shop")).isEmpty();
    }

    @Test
    void anUnknownNameIsToldWithTheNearestOne() {
        assertThat(graph("shop: databse; database:").problems("shop"))
                .containsExactly("there is no application \"databse\" to depend on; did you mean \"database\"?");
    }

    @Test
    void whatIsToBeSavedIsLookedAtAsIfItWere() {
        DependencyGraph saved = graph("shop: db; db:");

        assertThat(saved.with("db", List.of("shop")).problems("db"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).endsWith("first: db -> shop -> db"));
    }

    /** Every path of a lattice leads on: a search that followed them all would not end. */
    @Test
    void manyWaysToOneApplicationAreWalkedOnce() {
        Map<String, List<String>> lattice = new TreeMap<>();
        IntStream.range(0, 60).forEach(i -> {
            lattice.put("a" + i, List.of("a" + (i + 1), "b" + (i + 1)));
            lattice.put("b" + i, List.of("a" + (i + 1), "b" + (i + 1)));
        });
        lattice.put("a60", List.of());
        lattice.put("b60", List.of());

        assertThat(new DependencyGraph(lattice).problems("a0")).isEmpty();
    }

    private static DependencyGraph graph(String text) {
        Map<String, List<String>> graph = new TreeMap<>();
        for (String part : text.split(";")) {
            String[] halves = part.strip().split(":");
            List<String> names = halves.length == 1
                    ? List.of()
                    : Stream.of(halves[1].strip().split(" ")).toList();
            graph.put(halves[0], names);
            names.forEach(name -> {
                if (!name.equals("databse")) {
                    graph.putIfAbsent(name, List.of());
                }
            });
        }
        return new DependencyGraph(graph);
    }
}

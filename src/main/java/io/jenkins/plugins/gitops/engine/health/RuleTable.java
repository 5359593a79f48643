package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.health.KindRule.Otherwise;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules that are built in, as a Markdown table made from the rules themselves: {@code docs/health.md} holds it. */
public final class RuleTable {
    private static final String HEAD = "| kinds | API group | rule | status documented at |\n|---|---|---|---|\n";

    private RuleTable() {}

    /** With a line end after each row. */
    public static String markdown() {
        Stream<String> kubernetes = BuiltInRules.entries(InstantSource.system()).stream()
                .flatMap(entry -> entry.kinds().stream().map(kind -> row(entry, kind)));
        Stream<String> operators = OperatorRules.read().stream()
                .sorted(Comparator.comparing(KindRule::group))
                .map(RuleTable::row);
        return HEAD + Stream.concat(kubernetes, operators).collect(Collectors.joining());
    }

    private static String row(BuiltInRules.Entry entry, String kind) {
        int dot = kind.indexOf('.');
        String name = dot < 0 ? kind : kind.substring(0, dot);
        String group = dot < 0 ? "(core)" : kind.substring(dot + 1);
        return row(name, group, entry.rule(), "https://kubernetes.io/docs/reference/kubernetes-api/");
    }

    private static String row(KindRule rule) {
        String kinds = rule.kinds().isEmpty() ? "all others" : String.join(", ", rule.kinds());
        String states = Stream.of(states(rule.first()), states(rule.states()), List.of(otherwise(rule)))
                .flatMap(List::stream)
                .collect(Collectors.joining("<br>"));
        return row(kinds, rule.group(), states, rule.source());
    }

    private static String row(String kinds, String group, String rule, String source) {
        return "| " + kinds + " | " + group.replace("*", "\\*") + " | " + rule + " | <" + source + "> |\n";
    }

    private static List<String> states(List<KindRule.State> states) {
        return states.stream()
                .map(state -> state.status() + ": `"
                        + state.when().strip().replaceAll("\\s+", " ").replace("|", "\\|") + "`")
                .toList();
    }

    private static String otherwise(KindRule rule) {
        return "otherwise "
                + switch (rule.otherwise()) {
                    case Otherwise.Generic generic -> "the generic conditions";
                    case Otherwise.NoHealth none -> "no health";
                    case Otherwise.Fixed fixed -> fixed.status().name();
                };
    }
}

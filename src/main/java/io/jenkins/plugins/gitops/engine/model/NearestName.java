package io.jenkins.plugins.gitops.engine.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person probably meant: the valid name with the smallest edit distance to a wrong one. */
public final class NearestName {
    private static final int LONGEST = 100;

    private NearestName() {}

    /** The nearest of the names; empty when none is near (more than about every second letter would have to change). */
    public static Optional<String> of(String wrong, Collection<String> valid) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = wrong.toLowerCase(Locale.ROOT);
        return valid.stream()
                .filter(name -> name.length() <= LONGEST)
                .min(Comparator.<String>comparingInt(name -> effort(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> effort(lower, name.toLowerCase(Locale.ROOT))
                        <= Math.max(1, Math.max(lower.length(), name.length()) / 2));
    }

    /** The distance; little for an abbreviation such as {@code repo}. */
    private static int effort(String wrong, String name) {
        boolean abbreviation = wrong.length() >= 3 && name.startsWith(wrong);
        return abbreviation ? Math.min(1, name.length() - wrong.length()) : distance(wrong, name);
    }

    /** How many letters have to be inserted, removed, replaced or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[a.length()][b.length()];
    }
}

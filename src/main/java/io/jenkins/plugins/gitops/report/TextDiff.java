package io.jenkins.plugins.gitops.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two texts of several lines, by the longest common subsequence of the lines between their common
 * beginning and end. Lines far from a change are left out.
 */
public record TextDiff(List<Line> lines) {
    private static final int AROUND = 3;
    /** Square of this many cells are computed at most; beyond, the middle is shown as replaced. */
    private static final int MOST = 1_000;

    /** @param kind {@code same}, {@code live} (only the cluster has it), {@code git} (only Git has it) or {@code gap} */
    public record Line(String kind, String text) {
        public String getKind() {
            return kind;
        }

        public String getText() {
            return text;
        }

        public String getSign() {
            return switch (kind) {
                case "live" -> "−";
                case "git" -> "+";
                case "gap" -> "⋯";
                default -> " ";
            };
        }
    }

    static TextDiff of(String live, String git) {
        List<String> from = live.lines().toList();
        List<String> to = git.lines().toList();
        int start = 0;
        while (start < Math.min(from.size(), to.size()) && from.get(start).equals(to.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(from.size(), to.size()) - start
                && from.get(from.size() - 1 - end).equals(to.get(to.size() - 1 - end))) {
            end++;
        }
        List<Line> lines = new ArrayList<>();
        from.subList(0, start).forEach(text -> lines.add(new Line("same", text)));
        lines.addAll(middle(from.subList(start, from.size() - end), to.subList(start, to.size() - end)));
        from.subList(from.size() - end, from.size()).forEach(text -> lines.add(new Line("same", text)));
        return new TextDiff(near(lines));
    }

    public List<Line> getLines() {
        return lines;
    }

    private static List<Line> middle(List<String> from, List<String> to) {
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        if (from.size() <= MOST && to.size() <= MOST) {
            int[][] common = common(from, to);
            while (i < from.size() && j < to.size()) {
                if (from.get(i).equals(to.get(j))) {
                    lines.add(new Line("same", from.get(i)));
                    i++;
                    j++;
                } else if (common[i + 1][j] >= common[i][j + 1]) {
                    lines.add(new Line("live", from.get(i++)));
                } else {
                    lines.add(new Line("git", to.get(j++)));
                }
            }
        }
        from.subList(i, from.size()).forEach(text -> lines.add(new Line("live", text)));
        to.subList(j, to.size()).forEach(text -> lines.add(new Line("git", text)));
        return lines;
    }

    /** Length of the longest common subsequence of what follows each pair of places. */
    private static int[][] common(List<String> from, List<String> to) {
        int[][] length = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                length[i][j] = from.get(i).equals(to.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }

    private static List<Line> near(List<Line> lines) {
        boolean[] shown = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).kind().equals("same")) {
                for (int j = Math.max(0, i - AROUND); j <= Math.min(lines.size() - 1, i + AROUND); j++) {
                    shown[j] = true;
                }
            }
        }
        List<Line> result = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (shown[i]) {
                result.add(lines.get(i));
            } else if (result.isEmpty() || !result.getLast().kind().equals("gap")) {
                result.add(new Line("gap", ""));
            }
        }
        return List.copyOf(result);
    }
}

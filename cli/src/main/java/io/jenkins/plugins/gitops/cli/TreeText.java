package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.TreeNode;
import io.jenkins.plugins.gitops.engine.report.TreeReport;
import java.util.List;

/** The tree as text: an object a line, what it owns indented below it. */
final class TreeText {
    private final Style style;

    TreeText(Style style) {
        this.style = style;
    }

    String render(TreeReport report) {
        StringBuilder text = new StringBuilder();
        text.append(report.application())
                .append(' ')
                .append(coloured(report.health(), report.health().name()));
        text.append('\n');
        render(report.objects(), "", text);
        return text.toString();
    }

    private void render(List<TreeNode> nodes, String indent, StringBuilder text) {
        for (int i = 0; i < nodes.size(); i++) {
            TreeNode node = nodes.get(i);
            boolean last = i == nodes.size() - 1;
            String said = indent.isEmpty() ? node.explained() : node.message();
            text.append(style.dim(indent + (last ? "└─ " : "├─ ")))
                    .append(node.key())
                    .append(' ')
                    .append(coloured(
                            node.health(),
                            node.health() == null ? "-" : node.health().name()))
                    .append(said.isEmpty() ? "" : "  " + style.dim(said))
                    .append('\n');
            render(node.owned(), indent + (last ? "   " : "│  "), text);
        }
    }

    private String coloured(HealthStatus health, String text) {
        boolean well = health == null || health == HealthStatus.Healthy;
        return well ? style.green(text) : style.red(text);
    }
}

package io.jenkins.plugins.gitops.field;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/**
 * A list whose items a form holds one a line, and everything else as a list: a form submits one text with line breaks, which
 * arrives as a list of one.
 */
public final class LineList {
    private LineList() {}

    /** The items, in a list that can be saved; null when there are none. */
    @CheckForNull
    public static List<String> read(@CheckForNull List<String> typed) {
        List<String> items = new ArrayList<>();
        for (String text : typed == null ? List.<String>of() : typed) {
            text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(items::add);
        }
        return items.isEmpty() ? null : items;
    }

    /** For the form. */
    public static String text(@CheckForNull List<String> items) {
        return items == null ? "" : String.join("\n", items);
    }
}

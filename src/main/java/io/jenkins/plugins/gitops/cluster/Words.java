package io.jenkins.plugins.gitops.cluster;

import java.util.List;
import java.util.stream.Stream;

/** Lists that a person types into one text field. */
final class Words {
    private Words() {}

    /** Separated by commas, blanks or line breaks. */
    static List<String> of(String text) {
        return Stream.of(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }
}

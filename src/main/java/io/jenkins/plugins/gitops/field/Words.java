package io.jenkins.plugins.gitops.field;

import hudson.Util;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.beanutils.Converter;

/**
 * Words that a person types into one text field, separated by commas, blanks or line breaks. What is saved is the text.
 *
 * @param text as it was typed
 */
public record Words(String text) {
    public Words {
        text = Util.fixNull(text).strip();
    }

    public static Words of(Collection<String> words) {
        return new Words(String.join(", ", words));
    }

    public List<String> list() {
        return Stream.of(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }

    /** For the form. */
    @Override
    public String toString() {
        return text;
    }

    /** Stapler finds it by its name, when a form is submitted. */
    public static final class StaplerConverterImpl implements Converter {
        @Override
        public <T> T convert(Class<T> type, Object value) {
            return type.cast(new Words(value == null ? "" : value.toString()));
        }
    }
}

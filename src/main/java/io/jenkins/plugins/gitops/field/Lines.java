package io.jenkins.plugins.gitops.field;

import hudson.Util;
import java.util.Collection;
import java.util.List;
import org.apache.commons.beanutils.Converter;

/**
 * Texts that a person types into one field, one a line, for they may hold blanks and commas themselves. What is saved is the
 * text.
 *
 * @param text as it was typed
 */
public record Lines(String text) {
    public Lines {
        text = Util.fixNull(text).strip();
    }

    public static Lines of(Collection<String> lines) {
        return new Lines(String.join("\n", lines));
    }

    public List<String> list() {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
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
            return type.cast(new Lines(value == null ? "" : value.toString()));
        }
    }
}

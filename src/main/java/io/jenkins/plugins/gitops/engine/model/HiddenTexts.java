package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Secret texts inside an object of any kind: values of variables that came from a Secret or a credential, and what was
 * decrypted. They are shown, logged and kept in plain text as little as the data of a Secret is.
 *
 * @param texts none of them empty
 */
public record HiddenTexts(Set<String> texts) {
    public static final HiddenTexts NONE = new HiddenTexts(Set.of());

    /** Of what is hidden this is shown. */
    public static final String MASK = "(masked)";

    /** A shorter text is looked for as a whole value only: inside of others it would be found by chance. */
    private static final int LEAST_PART = 4;

    public HiddenTexts {
        Set<String> kept = new TreeSet<>(texts);
        kept.remove("");
        texts = Set.copyOf(kept);
    }

    public static HiddenTexts of(Collection<String> texts) {
        return texts.isEmpty() ? NONE : new HiddenTexts(new HashSet<>(texts));
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    public HiddenTexts and(HiddenTexts others) {
        if (isEmpty() || others.isEmpty()) {
            return isEmpty() ? others : this;
        }
        Set<String> all = new HashSet<>(texts);
        all.addAll(others.texts);
        return new HiddenTexts(all);
    }

    public HiddenTexts longerThan(int characters) {
        return of(texts.stream().filter(text -> text.length() > characters).toList());
    }

    /** Those of them that are in the tree. */
    public HiddenTexts in(JsonNode tree) {
        Set<String> found = new HashSet<>();
        collect(tree, found);
        return of(found);
    }

    private void collect(JsonNode node, Set<String> found) {
        if (node.isContainerNode()) {
            node.forEach(child -> collect(child, found));
            return;
        }
        String value = node.asText();
        texts.stream().filter(text -> isIn(value, text)).forEach(found::add);
    }

    /** Whether a value of the tree is one of them, or holds one. */
    public boolean areIn(JsonNode tree) {
        if (isEmpty()) {
            return false;
        }
        if (tree.isContainerNode()) {
            for (JsonNode child : tree) {
                if (areIn(child)) {
                    return true;
                }
            }
            return false;
        }
        String value = tree.asText();
        return texts.stream().anyMatch(text -> isIn(value, text));
    }

    private static boolean isIn(String value, String text) {
        return value.equals(text) || (text.length() >= LEAST_PART && value.contains(text));
    }

    /** A copy in which values that hold one of them are masked as a whole. */
    public <T extends JsonNode> T mask(T tree) {
        T copy = tree.deepCopy();
        maskInside(copy);
        return copy;
    }

    private void maskInside(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getValue().isContainerNode()) {
                    maskInside(field.getValue());
                } else if (areIn(field.getValue())) {
                    field.setValue(TextNode.valueOf(MASK));
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isContainerNode()) {
                    maskInside(list.get(i));
                } else if (areIn(list.get(i))) {
                    list.set(i, TextNode.valueOf(MASK));
                }
            }
        }
    }

    /** A message without them: as they are, in base64, as Go or JSON would quote them, and line by line. */
    public String scrub(String message) {
        if (isEmpty()) {
            return message;
        }
        Set<String> forms = new HashSet<>();
        for (String text : texts) {
            forms.add(text);
            forms.add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(text)));
            text.lines().map(String::strip).forEach(forms::add);
        }
        forms.removeIf(String::isBlank);
        String scrubbed = message;
        // The longest first: one may hold another one.
        for (String form : forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            scrubbed = form.length() >= LEAST_PART
                    ? scrubbed.replace(form, MASK)
                    : scrubbed.replace("\"" + form + "\"", MASK);
        }
        return scrubbed;
    }

    /** Only how many there are. */
    @Override
    public String toString() {
        return texts.size() + " hidden texts";
    }
}

package io.jenkins.plugins.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * All that a person reads on a page goes through a bundle, and each bundle is whole in French. Stapler and localizer give every
 * text to {@link java.text.MessageFormat}, with or without arguments, so a single straight apostrophe would swallow what follows.
 */
class TranslationTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern KEY = Pattern.compile("\\$\\{%(.*?)}", Pattern.DOTALL);
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern APOSTROPHE = Pattern.compile("(?<!')'(?!')");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");
    /** Attributes that are shown; those of {@code value} only where it is a button's label. */
    private static final Set<String> SHOWN = Set.of(
            "title",
            "text",
            "tooltip",
            "description",
            "header",
            "add",
            "none",
            "progress",
            "alt",
            "placeholder",
            "aria-label");

    private static final Set<String> BUTTONS = Set.of("f:submit", "f:repeatableDeleteButton");
    private static final Set<String> NAMES = Set.of("JSON", "YAML");
    /** The plugin manager shows it from the archive's manifest, in the one language that the build put there. */
    private static final Path OF_THE_PLUGIN_MANAGER = RESOURCES.resolve("index.jelly");

    @Test
    void everyMessageIsThereInFrenchWithTheSameArguments() throws IOException {
        List<Path> bundles = files("Messages.properties");
        List<String> findings = new ArrayList<>();
        for (Path bundle : bundles) {
            Properties english = load(bundle);
            compare(bundle, english, load(french(bundle)), english.stringPropertyNames(), findings);
        }
        assertThat(bundles).hasSizeGreaterThan(5);
        assertThat(findings).isEmpty();
    }

    @Test
    void everyTextOfEveryViewIsThereInFrenchWithTheSameArguments() throws IOException {
        List<Path> views = files(".jelly");
        List<String> findings = new ArrayList<>();
        Set<String> all = new TreeSet<>();
        for (Path view : views) {
            Set<String> keys = keys(Files.readString(view));
            all.addAll(keys);
            String name = view.getFileName().toString().replace(".jelly", ".properties");
            Path bundle = view.resolveSibling(name);
            compare(bundle, load(bundle), load(french(bundle)), keys, findings);
        }
        assertThat(all).hasSizeGreaterThan(200).contains("Sync now", "repeated");
        assertThat(findings).isEmpty();
    }

    @Test
    void noViewHasTextThatCannotBeTranslated() throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        List<String> findings = new ArrayList<>();
        for (Path view : files(".jelly")) {
            if (!view.equals(OF_THE_PLUGIN_MANAGER)) {
                literals(view, parser.parse(view.toFile()).getDocumentElement(), findings);
            }
        }
        assertThat(findings).isEmpty();
    }

    /** A default bundle of a view says only what its keys do not: a key that is not in it is its own English text. */
    private static void compare(
            Path bundle, Properties english, Properties french, Set<String> keys, List<String> findings) {
        for (String key : keys) {
            String text = english.getProperty(key, key);
            String translated = french.getProperty(key);
            if (translated == null || translated.isBlank()) {
                findings.add(bundle + ": no French for: " + key);
            } else if (!arguments(text).equals(arguments(translated))) {
                findings.add(bundle + ": other arguments in French: " + key);
            } else if (APOSTROPHE.matcher(translated).find()
                    || english.containsKey(key) && APOSTROPHE.matcher(text).find()) {
                findings.add(bundle + ": a single ' begins a quotation, write ’ or '': " + key);
            }
        }
        Stream.of(english, french)
                .flatMap(known -> known.stringPropertyNames().stream())
                .filter(key -> !keys.contains(key))
                .forEach(key -> findings.add(bundle + ": nobody asks for: " + key));
    }

    private static void literals(Path view, Element element, List<String> findings) {
        if (element.getTagName().equals("st:documentation")) {
            return;
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            boolean label = name.equals("value") && BUTTONS.contains(element.getTagName());
            if (label || SHOWN.contains(name) || name.startsWith("data-") && !name.equals("data-callback")) {
                literal(view, attributes.item(i).getNodeValue(), findings);
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                literals(view, inner, findings);
            } else if (child.getNodeType() == Node.TEXT_NODE) {
                literal(view, child.getNodeValue(), findings);
            }
        }
    }

    private static void literal(Path view, String text, List<String> findings) {
        WORD.matcher(EXPRESSION.matcher(text).replaceAll(" "))
                .results()
                .map(word -> word.group())
                .filter(word -> !NAMES.contains(word) && !word.equals("true"))
                .forEach(word -> findings.add(view + ": " + word));
    }

    private static Set<String> keys(String view) {
        Set<String> keys = new LinkedHashSet<>();
        Matcher matcher = KEY.matcher(view);
        while (matcher.find()) {
            // Stapler takes what follows a parenthesis for arguments, also in a key that is a sentence.
            keys.add(matcher.group(1).replaceFirst("\\(.*", ""));
        }
        return keys;
    }

    private static Set<String> arguments(String text) {
        Set<String> numbers = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            numbers.add(matcher.group(1));
        }
        return numbers;
    }

    private static Path french(Path bundle) {
        return bundle.resolveSibling(bundle.getFileName().toString().replace(".properties", "_fr.properties"));
    }

    private static Properties load(Path bundle) throws IOException {
        Properties texts = new Properties();
        if (Files.exists(bundle)) {
            try (Reader reader = Files.newBufferedReader(bundle)) {
                texts.load(reader);
            }
        }
        return texts;
    }

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}

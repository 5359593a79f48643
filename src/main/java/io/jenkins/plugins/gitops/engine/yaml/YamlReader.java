package io.jenkins.plugins.gitops.engine.yaml;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads YAML and JSON texts (UTF-8) into trees, as kubectl reads them ({@link KubernetesScalars}). A file named
 * {@code .json} is JSON; any other file that begins with a brace is JSON when it can be read so, and YAML otherwise.
 *
 * <p>Where kubectl lets pass what can only be a mistake, this is stricter: duplicate keys and unknown tags are errors.
 */
public final class YamlReader {
    private final Limits limits;

    public YamlReader() {
        this(Limits.DEFAULT);
    }

    public YamlReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * The documents of a text, without the empty ones.
     *
     * @param file as errors shall name it
     * @throws InvalidInputException with every problem of the text, at file:line:column
     */
    public List<YamlDocument> read(String file, byte[] text) {
        List<Problem> problems = new ArrayList<>();
        List<YamlDocument> documents = read(file, text, problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return documents;
    }

    /**
     * The same for a caller that goes on to look for more problems: a document with a duplicate key, for one, is returned
     * although it is a problem.
     */
    public List<YamlDocument> read(String file, byte[] text, Consumer<Problem> problems) {
        return read(file, text, problems, Optional.empty());
    }

    /**
     * The documents of a text that nobody here wrote: of equal keys the last one stands, as for kubectl, Helm and Argo CD.
     *
     * @param overwritten hears of them, at file:line:column
     * @throws InvalidInputException with every other problem of the text
     */
    public List<YamlDocument> readOfTool(String file, byte[] text, Consumer<Problem> overwritten) {
        List<Problem> problems = new ArrayList<>();
        List<YamlDocument> documents = read(file, text, problems::add, Optional.of(overwritten));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return documents;
    }

    private List<YamlDocument> read(
            String file, byte[] text, Consumer<Problem> problems, Optional<Consumer<Problem>> overwritten) {
        List<YamlDocument> documents = new ArrayList<>();
        try {
            if (text.length > limits.bytes()) {
                throw new Syntax(
                        new Problem(file, "is longer than the limit of " + limits.bytes() + " bytes; split it"));
            }
            String characters = Utf8.decode(file, text);
            if (isJson(file)) {
                new JsonComposer(file, limits, problems, overwritten).compose(characters, documents::add);
            } else if (!characters.stripLeading().startsWith("{")
                    || !readAsJson(file, characters, problems, overwritten, documents)) {
                new YamlComposer(file, limits, problems, overwritten).compose(characters, documents::add);
            }
        } catch (Syntax e) {
            problems.accept(e.problem());
        }
        return documents;
    }

    private boolean readAsJson(
            String file,
            String characters,
            Consumer<Problem> problems,
            Optional<Consumer<Problem>> overwritten,
            List<YamlDocument> documents) {
        List<Problem> found = new ArrayList<>();
        List<Problem> twice = new ArrayList<>();
        List<YamlDocument> read = new ArrayList<>();
        try {
            new JsonComposer(file, limits, found::add, overwritten.map(ignored -> twice::add))
                    .compose(characters, read::add);
        } catch (Syntax notJson) {
            return false;
        }
        found.forEach(problems);
        overwritten.ifPresent(twice::forEach);
        documents.addAll(read);
        return true;
    }

    private static boolean isJson(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".json");
    }
}

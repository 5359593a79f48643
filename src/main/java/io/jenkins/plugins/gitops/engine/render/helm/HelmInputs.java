package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the values files and file parameters of a source, inside the checkouts that it may read. */
final class HelmInputs {
    private final SourceFolder chart;
    private final Map<String, SourceTree> refs;

    /**
     * @param chart where relative paths begin
     * @param refs checkouts of other sources, by the names that {@code $name/…} uses
     */
    HelmInputs(SourceFolder chart, Map<String, SourceTree> refs) {
        this.chart = chart;
        this.refs = refs;
    }

    /**
     * A file that an option names.
     *
     * @param shown as the application names it
     * @param real without symbolic links
     */
    record Input(String shown, Path real) {}

    List<Input> valueFiles(HelmOptions options) {
        List<Input> found = new ArrayList<>();
        for (String path : options.valueFiles()) {
            if (path.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
                throw new InvalidInputException(
                        "source.helm.valueFiles",
                        "\"" + path + "\" is a URL, which is not supported; commit the file, or lend it from a source"
                                + " with ref");
            }
            Optional<Input> input = find("source.helm.valueFiles", path, options.ignoreMissingValueFiles());
            input.ifPresent(found::add);
        }
        return found;
    }

    Input fileParameter(HelmOptions.FileParameter parameter) {
        return find("source.helm.fileParameters", parameter.path(), false).orElseThrow();
    }

    private Optional<Input> find(String option, String path, boolean mayBeMissing) {
        SourceFolder from = chart;
        String relative = path;
        if (path.startsWith("$")) {
            int slash = path.indexOf('/');
            String ref = path.substring(1, slash < 0 ? path.length() : slash);
            if (!refs.containsKey(ref)) {
                throw new InvalidInputException(
                        option,
                        "\"" + path + "\": no source of the application has the ref \"" + ref + "\""
                                + (refs.isEmpty() ? "" : "; there are: " + String.join(", ", refs.keySet())));
            }
            from = SourceFolder.find(refs.get(ref), Source.of("", "", ""));
            relative = path.substring(slash + 1);
        } else if (path.startsWith("/")) {
            from = new SourceFolder(chart.root(), chart.root());
            relative = path.substring(1);
        }
        Path file = from.path().resolve(relative).normalize();
        if (!file.startsWith(from.root())) {
            throw new InvalidInputException(option, "\"" + path + "\" leads out of the repository");
        }
        if (!Files.isRegularFile(file)) {
            if (mayBeMissing) {
                return Optional.empty();
            }
            throw new InvalidInputException(
                    option,
                    "\"" + path + "\" does not exist"
                            + (option.endsWith("valueFiles")
                                    ? "; source.helm.ignoreMissingValueFiles leaves out what is missing"
                                    : ""));
        }
        return Optional.of(new Input(path, real(option, path, from, file)));
    }

    private static Path real(String option, String path, SourceFolder from, Path file) {
        try {
            Path real = file.toRealPath();
            if (!from.holds(real)) {
                throw new InvalidInputException(
                        option,
                        "\"" + path + "\" leads out of the repository or into .git; only files of the repository are"
                                + " read");
            }
            return real;
        } catch (IOException e) {
            throw new InvalidInputException(option, "\"" + path + "\" cannot be read: " + e.getMessage());
        }
    }
}

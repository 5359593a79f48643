package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.Confidential;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.render.helm.ChartFolder.Dependency;
import io.jenkins.plugins.gitops.engine.render.sops.DecryptedFiles;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One chart with one set of values, ready to be rendered. */
final class ChartRendering implements Rendering {
    /** The ways in which helm tells where a template failed; the last one is Helm 4's. */
    private static final Pattern PLACE =
            Pattern.compile("(?m)(?:template: |error at \\()([^\\s:()]+:\\d+(?::\\d+)?)|YAML parse error on ([^\\s:]+)"
                    + "|^([^\\s:()]+/[^\\s:()]+:\\d+(?::\\d+)?)$");

    private static final String VALUES = "values.yaml";

    private final RenderTools tools;
    private final HelmTool tool;
    private final ChartFolder chart;
    private final TemplateSettings settings;
    private final DecryptedFiles decrypted;
    private final Map<Path, ChartFolder> local = new HashMap<>();

    ChartRendering(RenderTools tools, HelmTool tool, ChartFolder chart, TemplateSettings settings) {
        this.tools = tools;
        this.tool = tool;
        this.chart = chart;
        this.settings = settings;
        this.decrypted = new DecryptedFiles(new Decryption(tools.inputs().ageKeys()), inputs());
        refuseEncrypted(chart);
        findLocal(chart);
    }

    private void findLocal(ChartFolder from) {
        for (Dependency dependency : from.missing()) {
            if (dependency.isLocal()) {
                Path folder = localFolder(from, dependency);
                if (!local.containsKey(folder)) {
                    ChartFolder found = ChartFolder.read(from.root(), folder);
                    local.put(folder, found);
                    findLocal(found);
                }
            }
        }
    }

    private static Path localFolder(ChartFolder from, Dependency dependency) {
        SourceFolder root = from.root();
        try {
            Path folder = from.folder().resolve(dependency.localPath()).normalize();
            if (!Files.isDirectory(folder) || !root.holds(folder.toRealPath())) {
                throw new InvalidInputException(
                        dependency.place(),
                        "the dependency " + dependency.name() + " names " + dependency.repository()
                                + ", which is no folder of the repository");
            }
            return folder.toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInputException(
                    dependency.place(), dependency.repository() + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String tool() {
        return HelmRenderer.identity(tool);
    }

    @Override
    public SortedMap<String, Path> files() {
        SortedMap<String, Path> files = new TreeMap<>(chart.files());
        for (ChartFolder other : local.values()) {
            other.files().forEach((name, file) -> files.put(other.root().shown(other.folder()) + "/" + name, file));
        }
        files.putAll(inputs());
        return files;
    }

    /** Those that the application names: only they may be encrypted. */
    private SortedMap<String, Path> inputs() {
        SortedMap<String, Path> inputs = new TreeMap<>();
        settings.valueFiles().forEach(input -> inputs.put(input.shown(), input.real()));
        settings.fileParameters().forEach(input -> inputs.put(input.shown(), input.real()));
        return inputs;
    }

    /** Helm reads this file by itself, where it is. */
    private void refuseEncrypted(ChartFolder chart) {
        Path values = chart.files().get(VALUES);
        if (values != null
                && !new DecryptedFiles(new Decryption(tools.inputs().ageKeys()), new TreeMap<>(Map.of(VALUES, values)))
                        .isEmpty()) {
            throw new InvalidInputException(
                    shown() + "/" + VALUES,
                    "is encrypted with SOPS, which is not supported for the values of the chart itself; put what is secret"
                            + " into a file of its own, and name that in source.helm.valueFiles");
        }
    }

    @Override
    public Optional<Confidential> confidential() {
        return decrypted.confidential();
    }

    @Override
    public SortedMap<String, String> options() {
        return settings.describe();
    }

    /** A lock file says which versions of its dependencies a chart has; without one, the newest of a range. */
    @Override
    public Optional<String> unrepeatable() {
        for (Dependency dependency : chart.missing()) {
            boolean locked =
                    chart.files().containsKey("Chart.lock") || chart.files().containsKey("requirements.lock");
            if (!dependency.isLocal() && !locked) {
                return Optional.of("the dependency " + dependency.name()
                        + " is fetched, and there is no Chart.lock that says which version");
            }
        }
        return Optional.empty();
    }

    @Override
    public Built run() {
        try (ScratchFolder scratch = decrypted.isEmpty()
                ? new ScratchFolder()
                : ScratchFolder.inMemory(runName() + " with encrypted values")) {
            Path folder = chart.folder();
            ChartCopy copies = new ChartCopy(tool, tools, scratch);
            if (chart.holdsGit() || !chart.missing().isEmpty()) {
                folder = copies.make(chart, (from, dependency) -> local.get(localFolder(from, dependency)));
            }
            List<HelmOutput.Part> parts = template(folder, scratch);
            List<String> warnings = new ArrayList<>();
            if (RandomFunctions.mayBeCalled(files().values())) {
                warnings.addAll(changing(parts, template(folder, scratch)));
            }
            List<Built.Document> documents = documents(parts, new TemplateLines(folder), warnings);
            return new Built(documents, warnings);
        }
    }

    private List<HelmOutput.Part> template(Path folder, ScratchFolder scratch) {
        Path inputs = scratch.folder("inputs");
        String run = runName();
        ToolOutput output = tool.run(run, settings.arguments(folder, inputs, decrypted), scratch.folder("home"));
        if (!output.succeeded()) {
            String message = settings.withNames(output.errors(), inputs)
                    .replace(folder.toString(), shown())
                    .replaceFirst("^Error: ", "")
                    .replace("Use --debug flag to render out invalid YAML", "")
                    .strip();
            HiddenTexts hidden = confidential().map(Confidential::hidden).orElse(HiddenTexts.NONE);
            throw new InvalidInputException(place(message).orElse(run), hidden.scrub(message));
        }
        return HelmOutput.parts(output.output());
    }

    private String runName() {
        return "helm template " + shown();
    }

    private String shown() {
        String shown = chart.root().shown(chart.folder());
        return shown.isEmpty() ? chart.name() : shown;
    }

    private static Optional<String> place(String message) {
        Matcher matcher = PLACE.matcher(message);
        return matcher.find()
                ? Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
    }

    /** Templates of which two renderings differ would be drift for ever, or until the result is kept. */
    private static List<String> changing(List<HelmOutput.Part> first, List<HelmOutput.Part> second) {
        TreeSet<String> templates = new TreeSet<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i >= first.size() || i >= second.size()) {
                templates.add((i < first.size() ? first : second).get(i).template());
            } else if (!first.get(i).equals(second.get(i))) {
                templates.add(first.get(i).template());
            }
        }
        return templates.stream()
                .map(template -> template + " yields another result each time it is rendered (random values, keys or"
                        + " the time), so it will drift: give it the value instead")
                .toList();
    }

    /** Charts that write a key twice are many, and helm takes them. */
    private static List<Built.Document> documents(
            List<HelmOutput.Part> parts, TemplateLines lines, List<String> warnings) {
        List<Built.Document> documents = new ArrayList<>();
        YamlReader reader = new YamlReader();
        for (HelmOutput.Part part : parts) {
            byte[] text = part.text().getBytes(StandardCharsets.UTF_8);
            for (YamlDocument document :
                    reader.readOfTool(part.template() + " (rendered)", text, twice -> warnings.add(twice.toString()))) {
                String kind = document.content().path("kind").asText("");
                documents.add(new Built.Document(document.content(), lines.origin(part.file(), kind)));
            }
        }
        return documents;
    }
}

package io.jenkins.plugins.gitops.engine.render.kustomize;

import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.Confidential;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.render.sops.DecryptedFiles;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One kustomization with the application's changes, checked, and ready to be built. */
final class KustomizationBuild implements Rendering {
    private static final Pattern WARNING = Pattern.compile("^# *Warning:(.*)");
    private static final Pattern DEPRECATED = Pattern.compile("^# *Warning: '(\\w+)' is deprecated");

    private final KustomizeTool tool;
    private final SourceFolder source;
    private final KustomizeOptions options;
    private final KustomizationFile written;
    private final KustomizationFile edited;
    private final FilesRead read;
    private final DecryptedFiles decrypted;

    KustomizationBuild(
            KustomizeTool tool,
            SourceFolder source,
            KustomizeOptions options,
            KustomizationFile written,
            KustomizationFile edited,
            FilesRead read,
            Decryption decryption) {
        this.tool = tool;
        this.source = source;
        this.options = options;
        this.written = written;
        this.edited = edited;
        this.read = read;
        this.decrypted = new DecryptedFiles(decryption, files());
    }

    @Override
    public String tool() {
        return RenderTools.identity("kustomize", Path.of(tool.command().get(0)));
    }

    @Override
    public SortedMap<String, Path> files() {
        SortedMap<String, Path> files = new TreeMap<>();
        read.files().forEach(file -> files.put(source.shown(file), file));
        return files;
    }

    @Override
    public SortedMap<String, String> options() {
        return new TreeMap<>(
                Map.of("source.kustomize", options.toString(), "source.path", source.shown(source.path())));
    }

    @Override
    public Optional<String> unrepeatable() {
        return read.remote().stream().findFirst().map(remote -> remote + " is in another repository");
    }

    @Override
    public Optional<Confidential> confidential() {
        return decrypted.confidential();
    }

    /** @throws InvalidInputException with the tool's own words */
    @Override
    public Built run() {
        boolean kept = EditedCopy.asksForOrigins(written.content());
        Optional<KnownOrigins> known =
                kept || !decrypted.isEmpty() ? Optional.empty() : KnownOrigins.of(read, edited.folder());
        try (ScratchFolder scratch =
                decrypted.isEmpty() ? new ScratchFolder() : ScratchFolder.inMemory(runName() + " of encrypted files")) {
            return known.flatMap(origins -> plain(scratch, origins)).orElseGet(() -> annotated(scratch, kept));
        }
    }

    private HiddenTexts hidden() {
        return confidential().map(Confidential::hidden).orElse(HiddenTexts.NONE);
    }

    /** Empty when the names do not tell where everything comes from. */
    private Optional<Built> plain(ScratchFolder scratch, KnownOrigins known) {
        EditedCopy copy = EditedCopy.make(edited, read, scratch.folder("plain"), false);
        ToolOutput output = build(copy, scratch);
        List<Built.Document> documents = new ArrayList<>();
        for (YamlDocument document : new YamlReader().read(runName(), output.output())) {
            Optional<Origin> origin = known.take(document.content());
            if (origin.isEmpty()) {
                return Optional.empty();
            }
            documents.add(new Built.Document(document.content(), origin.get()));
        }
        return Optional.of(new Built(documents, warnings(output)));
    }

    private Built annotated(ScratchFolder scratch, boolean kept) {
        EditedCopy copy = decrypted.isEmpty()
                ? EditedCopy.make(edited, read, scratch.folder("annotated"), true)
                : EditedCopy.decrypted(edited, read, decrypted, source.root(), scratch);
        ToolOutput output = build(copy, scratch);
        Origins origins = new Origins(copy, kept, new Origin(written.name(), 0, 1));
        List<Built.Document> documents = new ArrayList<>();
        for (YamlDocument document : new YamlReader().read(runName(), output.output())) {
            Origin origin = origins.take(document.content());
            documents.add(new Built.Document(document.content(), origin));
        }
        return new Built(documents, warnings(output));
    }

    private ToolOutput build(EditedCopy copy, ScratchFolder scratch) {
        ToolOutput output = tool.build(
                runName(), copy.folder(), scratch.folder("home"), !read.remote().isEmpty());
        if (!output.succeeded()) {
            throw new InvalidInputException(
                    runName(), hidden().scrub(copy.inCheckoutWords(output.errors(), source.shown(source.path()))));
        }
        return output;
    }

    private String runName() {
        String shown = source.shown(source.path());
        return "kustomize build " + (shown.isEmpty() ? "." : shown);
    }

    /** Kustomize writes what it would rather not see as comments; all old fields are one warning. */
    private static List<String> warnings(ToolOutput output) {
        List<String> warnings = new ArrayList<>();
        List<String> old = new ArrayList<>();
        for (String line : output.errors().split("\n")) {
            Matcher warning = WARNING.matcher(line);
            Matcher deprecated = DEPRECATED.matcher(line);
            if (deprecated.find()) {
                old.add(deprecated.group(1));
            } else if (warning.find()) {
                warnings.add("kustomize: " + warning.group(1).strip());
            }
        }
        if (!old.isEmpty()) {
            warnings.add("kustomize: "
                    + String.join(", ", old.stream().distinct().toList()) + (old.size() == 1 ? " is" : " are")
                    + " deprecated; \"kustomize edit fix\" writes it anew");
        }
        return warnings;
    }
}

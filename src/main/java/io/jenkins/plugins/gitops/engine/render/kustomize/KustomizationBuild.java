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
        String shown = source.shown(source.path());
        String run = "kustomize build " + (shown.isEmpty() ? "." : shown);
        try (ScratchFolder scratch =
                decrypted.isEmpty() ? new ScratchFolder() : ScratchFolder.inMemory(run + " of encrypted files")) {
            EditedCopy copy = decrypted.isEmpty()
                    ? EditedCopy.make(edited, read, scratch)
                    : EditedCopy.decrypted(edited, read, decrypted, source.root(), scratch);
            ToolOutput output = tool.build(
                    run, copy.folder(), scratch.folder("home"), !read.remote().isEmpty());
            if (!output.succeeded()) {
                throw new InvalidInputException(run, hidden().scrub(copy.inCheckoutWords(output.errors(), shown)));
            }
            boolean kept = EditedCopy.asksForOrigins(written.content());
            Origin file = new Origin(written.name(), 0, 1);
            return new Built(documents(run, output, new Origins(copy, kept, file)), warnings(output));
        }
    }

    private HiddenTexts hidden() {
        return confidential().map(Confidential::hidden).orElse(HiddenTexts.NONE);
    }

    private static List<Built.Document> documents(String run, ToolOutput output, Origins origins) {
        List<Built.Document> documents = new ArrayList<>();
        for (YamlDocument document : new YamlReader().read(run, output.output())) {
            Origin origin = origins.take(document.content());
            documents.add(new Built.Document(document.content(), origin));
        }
        return documents;
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

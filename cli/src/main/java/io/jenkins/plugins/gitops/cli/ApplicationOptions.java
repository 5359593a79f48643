package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.GitUrl;
import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.application.WindowsFile;
import io.jenkins.plugins.gitops.engine.health.HealthRuleFile;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.HealthRuleText;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which application: a file that declares it, or a source with a name and a namespace. */
final class ApplicationOptions {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Option(names = "--app", paramLabel = "FILE", description = "Application file (gitops.yaml).")
    private Path file;

    @Option(
            names = "--source",
            paramLabel = "DIR|URL",
            description = "Instead of --app: a folder, which is used as it is, or a Git URL (file, https, ssh).")
    private String source;

    @Option(
            names = "--revision",
            paramLabel = "REV",
            description =
                    "Branch, tag or commit to fetch from --source, or instead of the one that --app names. Default: HEAD.")
    private String revision;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Folder of the manifests inside the source. Default: its root.")
    private String path;

    @Option(
            names = "--health-rules",
            paramLabel = "FILE",
            description = {
                "Health rules for every application, after its own: kind: HealthRules, Flux's healthCheckExprs, or a",
                "ConfigMap with Argo CD's resource.customizations. Can be given several times."
            })
    private List<String> healthRules = List.of();

    @Option(
            names = "--trusted-keys",
            paramLabel = "FILE",
            description = {
                "Public keys, GPG (armoured) or SSH: what is rendered must be signed by one of them, whatever the application",
                "file says of it. Can be given several times."
            })
    private List<String> trustedKeys = List.of();

    @Option(
            names = "--windows",
            paramLabel = "FILE",
            description = {
                "Sync windows that several applications share (kind: SyncWindows), beside those of --app: each is for the",
                "applications that its globs match. Can be given several times."
            })
    private List<String> windows = List.of();

    @Option(
            names = "--set-var",
            paramLabel = "NAME=VALUE",
            description =
                    "Replaces $${NAME} in the manifests, as Flux's postBuild does; wins over the values of the application"
                            + " file, and turns substitution on. Can be given several times.")
    private List<String> variables = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "With --source: the application's name.")
    private String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "With --source: the namespace for objects that name none; the inventory lives there too.")
    private String namespace;

    @Option(
            names = "--apps",
            paramLabel = "DIR",
            description = "Folder of the application files that dependsOn can name. Default: that of --app.")
    private Path applications;

    /** The application, its relative paths made absolute against where they were written. */
    Application application(Console console) {
        Application declared =
                sharing(console, trusting(console, file != null ? fromFile(console) : fromSource(console)));
        Application substituted = variables.isEmpty()
                ? declared
                : declared.withSubstitution(declared.substitution().with(variables()));
        return healthRules.isEmpty()
                ? substituted
                : substituted.withHealth(substituted.health().withFiles(rules(console)));
    }

    private Application sharing(Console console, Application declared) {
        if (windows.isEmpty()) {
            return declared;
        }
        InputFile input = new InputFile(console);
        List<SyncWindow> all = new ArrayList<>(declared.sync().windows());
        windows.forEach(name -> all.addAll(WindowsFile.read(name, input.read("--windows", name))));
        return declared.withSync(declared.sync().withWindows(all));
    }

    private Map<String, String> variables() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals < 0 || !Substitution.isName(variable.substring(0, equals))) {
                throw new InvalidInputException(
                        "--set-var", "takes NAME=VALUE, where NAME is letters, digits and \"_\", no digit first");
            }
            values.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return values;
    }

    private Application trusting(Console console, Application declared) {
        if (trustedKeys.isEmpty()) {
            return declared;
        }
        InputFile input = new InputFile(console);
        List<String> keys = trustedKeys.stream()
                .map(name -> new String(input.read("--trusted-keys", name), StandardCharsets.UTF_8))
                .toList();
        List<Source> sources = declared.source().all().stream()
                .map(source -> source.withTrustedKeys(keys))
                .toList();
        return declared.withSource(sources.get(0).withOthers(sources.subList(1, sources.size())));
    }

    /** The applications that one of these options depends on. */
    List<Application> dependencies(Console console, Application application) {
        if (file == null) {
            return List.of();
        }
        Path resolved = console.workingFolder().resolve(file).toAbsolutePath();
        Path folder = applications == null
                ? resolved.getParent()
                : console.workingFolder().resolve(applications);
        return new ApplicationFolder(folder).dependencies(resolved.toString(), application);
    }

    /** Read at once, so that a wrong one is known before anything is done. */
    private List<HealthRuleText> rules(Console console) {
        InputFile input = new InputFile(console);
        List<HealthRuleText> texts = new ArrayList<>();
        for (String name : healthRules) {
            byte[] bytes = input.read("--health-rules", name);
            HealthRuleFile.read(name, bytes);
            texts.add(new HealthRuleText(name, new String(bytes, StandardCharsets.UTF_8)));
        }
        return texts;
    }

    /**
     * As {@link #application}, for a command that can do without a source: --name and --namespace are enough, and the repository
     * is empty then.
     */
    Application applicationOrName(Console console) {
        if (!hasIdentity() && source == null) {
            source = "";
        }
        return application(console);
    }

    /** Whether the options say which application of its name is meant. */
    boolean hasIdentity() {
        return file != null;
    }

    private Application fromFile(Console console) {
        List<String> extra = new ArrayList<>();
        if (source != null) {
            extra.add("--source");
        }
        if (name != null) {
            extra.add("--name");
        }
        if (namespace != null) {
            extra.add("--namespace");
        }
        if (path != null) {
            extra.add("--path");
        }
        if (!extra.isEmpty()) {
            throw new InvalidInputException(
                    String.join(", ", extra),
                    "does not go together with --app: the file says it. Leave one of them out.");
        }
        Path resolved = console.workingFolder().resolve(file);
        if (!Files.isRegularFile(resolved)) {
            throw new InvalidInputException("--app", "there is no file " + resolved);
        }
        Application declared = new ApplicationFile().read(resolved);
        if (revision == null) {
            return declared;
        }
        return declared.withSource(declared.source().withRevision(revision));
    }

    private Application fromSource(Console console) {
        List<Problem> problems = new ArrayList<>();
        if (source == null || (source.isBlank() && name == null && namespace == null)) {
            problems.add(new Problem(
                    "--app", "say which application: --app FILE, or --source DIR|URL with --name and --namespace"));
            throw new InvalidInputException(problems);
        }
        requireLabel("--name", name, problems);
        requireLabel("--namespace", namespace, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        String repository = !source.isBlank() && GitUrl.looksLocal(source)
                ? console.workingFolder().resolve(source).normalize().toString()
                : source;
        Destination destination = new Destination("", namespace);
        return new Application(
                // Without a file to keep one: the same as a file of this name without a uid has, so both find one
                // inventory.
                ApplicationFile.derivedUid(name, destination),
                name,
                Source.of(repository, revision == null ? "" : revision, path == null ? "" : path),
                destination,
                SyncPolicy.DEFAULT);
    }

    private static void requireLabel(String option, String value, List<Problem> problems) {
        if (value == null) {
            problems.add(new Problem(option, "is needed with --source"));
        } else if (!LABEL.matcher(value).matches()) {
            problems.add(new Problem(
                    option, "'" + value + "' is not a name: lower case letters, digits and '-', at most 63 of them"));
        }
    }
}

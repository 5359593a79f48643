package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HistoryPolicy;
import io.jenkins.plugins.gitops.engine.model.HookPolicy;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.yaml.Limits;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads the file form of an application (SEMANTICS 1), {@code gitops.yaml}; its JSON Schema is
 * {@code docs/schema/application.schema.json}.
 *
 * <p>A field that is not implemented is refused, never ignored. A file without {@code metadata.uid} gets one derived from
 * name, namespace and cluster ({@link #derivedUid}): stable for as long as these three are, which is all that a file without
 * a UUID can promise.
 */
public final class ApplicationFile {
    static final String API_VERSION = "gitops.jenkins.io/v1";
    private static final String KIND = "Application";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,198}[a-z0-9])?");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern UID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final YamlReader reader = new YamlReader();

    /**
     * The application that the file declares. A relative repository ({@code .}, {@code ./x}, {@code ../x}) is made absolute
     * against the file's folder.
     *
     * @throws InvalidInputException with every problem of the file
     */
    public Application read(Path file) {
        return read(file.toString(), text(file), file.toAbsolutePath().getParent());
    }

    /**
     * The same for a text that comes from elsewhere.
     *
     * @param file as errors shall name it
     * @param folder against which a relative repository is resolved
     */
    public Application read(String file, byte[] text, Path folder) {
        List<Problem> problems = new ArrayList<>();
        List<YamlDocument> documents = reader.read(file, text, problems::add);
        if (documents.size() != 1 && problems.isEmpty()) {
            problems.add(new Problem(
                    file, "must hold one application in one document, but holds " + documents.size() + " documents"));
        }
        Optional<Application> application = documents.stream()
                .findFirst()
                .map(document -> application(Block.root(document, problems::add), folder));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return application.orElseThrow();
    }

    /** The UUID of an application that was never given one: a name-based UUID of {@code name/namespace/cluster}. */
    public static UUID derivedUid(String name, Destination destination) {
        String seed = name + "/" + destination.namespace() + "/" + destination.cluster();
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Limits.DEFAULT.bytes() + 1);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file.toString(), "there is no such file");
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private static Application application(Block root, Path folder) {
        constant(root, "apiVersion", API_VERSION);
        constant(root, "kind", KIND);
        Block metadata = root.block("metadata");
        String name = metadata.required("name", "the application's name");
        check(metadata, "name", name, NAME, "lower-case letters, digits, '-' and '.', at most 200");
        Optional<String> uid = metadata.text("uid");
        uid.ifPresent(text -> check(metadata, "uid", text, UID, "a UUID such as 123e4567-e89b-12d3-a456-426614174000"));
        metadata.finish();
        Block spec = root.block("spec");
        Source source = new SourceForm(folder).read(spec);
        Destination destination = destination(spec.block("destination"));
        SyncPolicy sync = sync(spec.block("sync"));
        Block compare = spec.block("compare");
        List<IgnoreRule> ignore = ignore(compare);
        List<SeverityRule> severities = severities(compare);
        compare.notYet("options");
        compare.finish();
        HealthPolicy health = HealthBlock.read(spec.block("health"));
        Substitution substitution = SubstituteForm.read(spec);
        List<String> dependsOn = dependsOn(spec, name);
        HistoryPolicy history = history(spec.block("history"));
        spec.finish();
        root.finish();
        UUID uuid = uid.filter(text -> UID.matcher(text).matches())
                .map(UUID::fromString)
                .orElseGet(() -> derivedUid(name, destination));
        return new Application(
                uuid, name, source, destination, sync, ignore, health, substitution, dependsOn, severities, history);
    }

    private static List<String> dependsOn(Block spec, String name) {
        List<String> names = spec.texts("dependsOn");
        if (names.contains(name)) {
            spec.report("dependsOn", "spec.dependsOn names the application itself: " + name);
        }
        return names;
    }

    private static HistoryPolicy history(Block block) {
        HistoryPolicy policy = new HistoryPolicy(
                block.integer("attempts", 1, 100_000, HistoryPolicy.DEFAULT.attempts()),
                block.duration("age", HistoryPolicy.DEFAULT.age()));
        block.finish();
        return policy;
    }

    private static Destination destination(Block block) {
        String namespace = block.required("namespace", "the namespace of objects that name none, and of the inventory");
        check(block, "namespace", namespace, NAMESPACE, "lower-case letters, digits and '-', at most 63");
        Destination destination = new Destination(block.text("cluster").orElse(""), namespace);
        block.finish();
        return destination;
    }

    private static SyncPolicy sync(Block block) {
        SyncPolicy otherwise = SyncPolicy.DEFAULT;
        SyncPolicy policy = new SyncPolicy(
                block.flag("prune", otherwise.prune()),
                block.flag("pruneNamespaces", otherwise.pruneNamespaces()),
                block.flag("pruneCustomResourceDefinitions", otherwise.pruneCustomResourceDefinitions()),
                block.flag("allowEmpty", otherwise.allowEmpty()),
                block.flag("adopt", otherwise.adopt()),
                block.flag("applyAll", otherwise.applyAll()),
                block.flag("wait", otherwise.awaitHealth()),
                block.duration("timeout", otherwise.timeout()),
                block.texts("options"),
                retry(block.block("retry")),
                block.flag("lock", otherwise.lock()),
                hooks(block.block("hooks")),
                WindowsForm.read(block, "windows"),
                block.choice("drift", otherwise.drift()),
                healsInFights(block));
        block.finish();
        return policy;
    }

    /** {@code continue} is no word that a Java enumeration can have. */
    private static boolean healsInFights(Block block) {
        String text = block.text("onFight").orElse("stop");
        if (!List.of("stop", "continue").contains(text)) {
            block.report(
                    "onFight", block.path("onFight") + " must be one of [stop, continue], but is \"" + text + "\"");
        }
        return text.equals("continue");
    }

    private static HookPolicy hooks(Block block) {
        HookPolicy policy = new HookPolicy(
                block.flag("rollback", HookPolicy.DEFAULT.rollback()),
                block.flag("selfHeal", HookPolicy.DEFAULT.selfHeal()));
        block.finish();
        return policy;
    }

    private static RetryPolicy retry(Block block) {
        RetryPolicy otherwise = RetryPolicy.DEFAULT;
        Block backoff = block.block("backoff");
        RetryPolicy policy = new RetryPolicy(
                block.integer("limit", 0, 100, otherwise.limit()),
                backoff.duration("duration", otherwise.firstPause()),
                backoff.integer("factor", 1, 10, otherwise.factor()),
                backoff.duration("maxDuration", otherwise.longestPause()));
        backoff.finish();
        block.finish();
        return policy;
    }

    private static List<IgnoreRule> ignore(Block compare) {
        List<IgnoreRule> rules = new ArrayList<>();
        for (Block rule : compare.blocks("ignore")) {
            rules.add(new IgnoreRule(
                    rule.text("group").orElse(rule.has("group") ? "" : "*"),
                    rule.text("kind").orElse("*"),
                    rule.text("namespace").orElse("*"),
                    rule.text("name").orElse("*"),
                    rule.texts("jsonPointers"),
                    rule.texts("jqPathExpressions"),
                    rule.texts("managedFieldsManagers")));
            rule.finish();
        }
        return rules;
    }

    private static List<SeverityRule> severities(Block compare) {
        List<SeverityRule> rules = new ArrayList<>();
        for (Block rule : compare.blocks("severity")) {
            rule.required("severity", "info, warning or critical");
            rules.add(new SeverityRule(
                    rule.text("group").orElse("*"),
                    rule.text("kind").orElse("*"),
                    rule.text("namespace").orElse("*"),
                    rule.text("name").orElse("*"),
                    rule.texts("fields"),
                    rule.choice("severity", Severity.warning)));
            rule.finish();
        }
        return rules;
    }

    static void constant(Block block, String field, String value) {
        String text = block.required(field, "write " + field + ": " + value);
        if (!text.isEmpty() && !text.equals(value)) {
            block.report(field, field + " must be \"" + value + "\", but is \"" + text + "\"");
        }
    }

    private static void check(Block block, String field, String text, Pattern pattern, String form) {
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            block.report(field, "\"" + text + "\" is no valid " + field + ": " + form);
        }
    }
}

package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.Scenario;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.Substitution.Kind;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import io.jenkins.plugins.gitops.engine.render.MaskedSecret;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values planted in Secrets come out nowhere: log, exceptions, reports, events, {@code toString}, rendered text. */
@WithCluster
class PlantedSecretsTest {
    private static final String VALUE = "swordfish77";
    private static final String LIVE = "halibut8888";
    private static final String FORMER = "mackerel999";
    private static final List<String> PLANTED =
            List.of(VALUE, LIVE, FORMER, base64(VALUE), base64(LIVE), base64(FORMER));
    private static final String LOGIN = """
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {password: %s, other: "%s"}
            """.formatted(VALUE, VALUE);

    private final StringWriter out = new StringWriter();
    private final PrintWriter printer = new PrintWriter(out);
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            synchronized (printer) {
                printer.println(entry.getLoggerName() + " " + new SimpleFormatter().formatMessage(entry));
                if (entry.getThrown() != null) {
                    entry.getThrown().printStackTrace(printer);
                }
            }
        }

        @Override
        public void flush() {
            printer.flush();
        }

        @Override
        public void close() {
            flush();
        }
    };

    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        root.setLevel(Level.FINE);
        root.addHandler(handler);
        PrintStream captured = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        shop = new Scenario(namespace, folder);
        shop.policy(policy -> policy.withAwaitHealth(false));
    }

    @AfterEach
    void close() {
        shop.close();
        root.removeHandler(handler);
        root.setLevel(level);
        System.setOut(stdout);
        System.setErr(stderr);
    }

    @Test
    void driftOfASecretThatWasAppliedWithKubectlBefore() {
        namespace.kubectlWithInput(LOGIN.replace(VALUE, FORMER), "apply", "-f", "-");
        shop.file("login.yaml", LOGIN);
        everything();
        namespace.kubectl("patch", "secret/login", "--type=merge", "-p", """
                {"stringData":{"password":"%s","more":"%s"}}""".formatted(LIVE, LIVE));
        everything();
        shop.file("login.yaml", LOGIN.replace(", other: \"" + VALUE + "\"", ""));
        everything();
        nothingPlantedCameOut();
        assertThat(namespace.read("secret/login", "{.data.password}"))
                .as("the planted value was really used")
                .startsWith(base64(VALUE));
    }

    /** Each is wrong in another way: for the reader, for the schema, for validation, for the object that is there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: swordfish77",
                "data: [swordfish77]",
                "data: {password: swordfish77!}",
                "data: {password: [c3dvcmRmaXNoNzc=]}",
                "data: {password: {a: c3dvcmRmaXNoNzc=}}",
                "stringData: swordfish77",
                "stringData: {password: swordfish77, password: swordfish77}",
                "stringData: {password: {deep: swordfish77}}",
                "stringData: {\"no key!\": swordfish77}",
                "stringData: {password: \"swordfish77\\nsecond \\\"line\\\" swordfish77\"}\nimmutable: perhaps",
                "stringData: {.dockerconfigjson: swordfish77}\ntype: kubernetes.io/dockerconfigjson",
                "stringData: {password: swordfish77}\ntype: kubernetes.io/tls",
                "stringData: {password: swordfish77}\nunknown: swordfish77",
                "stringData: {password: swordfish77"
            })
    void aSecretThatIsRefused(String rest) {
        namespace.kubectlWithInput(LOGIN.replace(VALUE, LIVE), "create", "-f", "-");
        shop.file("login.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\n" + rest + "\n");
        everything();
        nothingPlantedCameOut();
    }

    @Test
    void anImmutableSecret() {
        shop.file("login.yaml", LOGIN + "immutable: true\n");
        shop.sync();
        shop.file("login.yaml", LOGIN.replace(VALUE, FORMER) + "immutable: true\n");
        everything();
        nothingPlantedCameOut();
        assertThat(out.toString().contains("data cannot be changed")).isTrue();
    }

    /** Accepted and drifted, refused by validation, refused for an immutable field. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: ConfigMap\ndata: {url: 'db://app:${password}@db', other: x}",
                "kind: ConfigMap\ndata: {'no key!': '${password}'}",
                "kind: ConfigMap\ndata: {url: '${password}'}\nimmutable: true",
                "kind: Service\nspec: {ports: [{port: 80, name: '${password}_'}]}",
                "kind: ServiceAccount\nimagePullSecrets: [{name: '${password}'}]\nunknown: '${password}'"
            })
    void aValueFromASecretInAnObjectOfAnotherKind(String rest) {
        shop.substitute(new Substitution(true, Map.of(), List.of(new ValuesFrom(Kind.Secret, "values", false))));
        shop.file("login.yaml", "apiVersion: v1\nmetadata: {name: login}\n" + rest + "\n");
        for (String value : List.of(FORMER, VALUE)) {
            namespace.kubectlWithInput(LOGIN.replace("login", "values").replace(VALUE, value), "apply", "-f", "-");
            everything();
        }
        String kind = rest.substring("kind: ".length(), rest.indexOf('\n'));
        if (namespace.kubectl("get", kind, "login", "--ignore-not-found").contains("login") && rest.contains("url")) {
            namespace.kubectl(
                    "patch", kind, "login", "--type=merge", "-p", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
            assertThat(namespace.read(kind + "/login", "{.data.url}"))
                    .as("the planted value was really used")
                    .contains(rest.contains("immutable") ? FORMER : VALUE);
            everything();
        }
        nothingPlantedCameOut();
    }

    /** What Git held yesterday is in the live object still. */
    @Test
    void aValueFromASecretThatGitNoLongerPutsIntoAnObject() {
        shop.substitute(new Substitution(true, Map.of(), List.of(new ValuesFrom(Kind.Secret, "values", false))));
        namespace.kubectlWithInput(LOGIN.replace("login", "values"), "apply", "-f", "-");
        String login = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: login}\ndata: {a: x";
        shop.file("login.yaml", login + ", url: 'db://app:${password}@db'}\n");
        shop.sync();
        shop.file("login.yaml", login + "}\n");
        DriftReport report = shop.diff();
        show(() -> ReportJson.pretty(report));
        everything();

        assertThat(report.objects().get(0).fields())
                .singleElement()
                .satisfies(field -> assertThat(field.masked()).isTrue());
        nothingPlantedCameOut();
    }

    private void nothingPlantedCameOut() {
        printer.flush();
        String all = out + console.toString(StandardCharsets.UTF_8);
        assertThat(all.contains("login")).as("something came out").isTrue();
        for (String planted : PLANTED) {
            assertThat(all.lines().filter(line -> line.contains(planted))).isEmpty();
        }
    }

    /** All that the engine says, in every form in which it says it. */
    private void everything() {
        show(() -> {
            Rendered rendered = shop.reconciler().render(shop.application(), shop.tree());
            compared(rendered);
            for (Manifest manifest : rendered.manifests()) {
                show(() -> ManifestYaml.write(new MaskedSecret().mask(manifest)));
            }
            return rendered;
        });
        show(() -> {
            DriftReport report = shop.diff();
            show(() -> ReportJson.pretty(report));
            return report;
        });
        show(() -> {
            PlanReport report = shop.reconciler().plan(shop.application(), shop.tree());
            show(() -> ReportJson.compact(report));
            return report;
        });
        show(() -> sync(new SyncOptions(true)));
        show(() -> sync(SyncOptions.DEFAULT));
    }

    private SyncReport sync(SyncOptions options) {
        SyncReport report = shop.sync(options, event -> show(() -> event));
        show(() -> ReportJson.pretty(report));
        return report;
    }

    private void compared(Rendered rendered) {
        try (Cluster cluster = Cluster.connect(new ClusterConfig(namespace.kubeconfig(), null, false, 5))) {
            ApplySet set = ApplySet.empty(shop.application(), "test");
            show(() -> {
                Comparison comparison = new Comparer(cluster)
                        .compare(
                                rendered.manifests(),
                                set,
                                new ComparisonRules(IgnoreRules.NONE, true, ObjectOptions.NONE, true));
                for (Compared object : comparison.objects()) {
                    show(object::differences);
                    object.live().ifPresent(live -> show(() -> new OwnedFields(live, live)));
                    object.desired().ifPresent(manifest -> show(() -> new DesiredObject(manifest, object.resource())));
                }
                show(() -> new Planner(shop.application().sync(), Permissions.ALL).plan(comparison));
                return comparison;
            });
        }
    }

    private void show(Supplier<Object> said) {
        StringWriter words = new StringWriter();
        try {
            words.append(said.get().toString());
        } catch (RuntimeException e) {
            e.printStackTrace(new PrintWriter(words));
        }
        synchronized (printer) {
            printer.println(words);
        }
    }

    private static String base64(String text) {
        // Without the end, which depends on what follows the value.
        String whole = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return whole.substring(0, text.length() / 3 * 4);
    }
}

package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An application in a folder of its own and in a namespace of its own, as a test writes and reconciles it. */
public final class Scenario implements AutoCloseable {
    private final TestNamespace namespace;
    private final Path folder;
    private final Cluster cluster;
    private Application application;
    private Timing timing = Timing.REAL;
    private Observations observations = Observations.EMPTY;

    public Scenario(TestNamespace namespace, Path folder) {
        this(namespace, folder, namespace.kubeconfig());
    }

    /** @param kubeconfig of the user that reconciles */
    public Scenario(TestNamespace namespace, Path folder, Path kubeconfig) {
        this(namespace, folder, Cluster.connect(new ClusterConfig(kubeconfig, null, false, 20)));
    }

    /** Takes the connection over. */
    public Scenario(TestNamespace namespace, Path folder, Cluster cluster) {
        this.namespace = namespace;
        this.folder = folder;
        this.cluster = cluster;
        this.application = new Application(
                UUID.nameUUIDFromBytes(namespace.name().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "shop",
                Source.of("", "", ""),
                new Destination("", namespace.name()),
                SyncPolicy.DEFAULT
                        .withPrune(true)
                        .withTimeout(Duration.ofSeconds(60))
                        .withRetry(RetryPolicy.NEVER));
    }

    public Scenario file(String name, String yaml) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), yaml);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Scenario without(String name) {
        try {
            Files.delete(folder.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Scenario policy(UnaryOperator<SyncPolicy> change) {
        application = application.withSync(change.apply(application.sync()));
        return this;
    }

    public Scenario substitute(Substitution substitution) {
        application = application.withSubstitution(substitution);
        return this;
    }

    public Scenario destination(String namespace) {
        application = application.withDestination(new Destination("", namespace));
        return this;
    }

    public Scenario ignore(IgnoreRule... rules) {
        application = application.withIgnore(List.of(rules));
        return this;
    }

    /** Another application of the same name, namespace and sources, with an identity of its own. */
    public Scenario as(UUID uuid, String name) {
        application = new Application(uuid, name, application.source(), application.destination(), application.sync());
        return this;
    }

    /** Turns the clockwork of retries and of the lock by hand. */
    public Scenario timing(Timing other) {
        timing = other;
        return this;
    }

    public Cluster cluster() {
        return cluster;
    }

    public Application application() {
        return application;
    }

    public SourceTree tree() {
        return new SourceTree(folder, "");
    }

    public Reconciler reconciler() {
        return new Reconciler(cluster, "test", Permissions.ALL, RenderTools.ofProcess(), timing);
    }

    /** Diffs and remembers what it saw, as a host does. */
    public DriftReport diff() {
        DriftReport report = reconciler().diff(application, tree(), observations);
        observations = observations.after(report);
        return report;
    }

    public SyncReport sync() {
        return sync(SyncOptions.DEFAULT, SyncListener.SILENT);
    }

    public SyncReport sync(SyncOptions options, SyncListener listener) {
        SyncReport report = reconciler().sync(application, tree(), options, listener);
        observations = observations.after(report);
        return report;
    }

    /** Deletes the application, with the hooks of its folder. */
    public SyncReport delete(DeletionOptions options) {
        Reconciler reconciler = reconciler();
        return reconciler.delete(
                application, "", reconciler.render(application, tree()).manifests(), options, SyncListener.SILENT);
    }

    public static ObjectDrift object(DriftReport report, String kind, String name) {
        return report.objects().stream()
                .filter(object -> object.kind().equals(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + report.objects()));
    }

    public static ObjectSync object(SyncReport report, String kind, String name) {
        return report.objects().stream()
                .filter(object -> object.kind().equals(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + report.objects()));
    }

    public static FieldDrift field(ObjectDrift object, String path) {
        return object.fields().stream()
                .filter(field -> field.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no field " + path + " in " + object.fields()));
    }

    public TestNamespace namespace() {
        return namespace;
    }

    @Override
    public void close() {
        cluster.close();
    }
}

package io.jenkins.plugins.gitops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent loads classes from its controller. When that is gone, only those can be used that were loaded before; the lock must be
 * released with these.
 */
@WithCluster
class LostClassesTest {
    private static final String NEVER_READY = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: slow}
            spec:
              selector: {matchLabels: {app: slow}}
              template:
                metadata: {labels: {app: slow}}
                spec: {containers: [{name: slow, image: slow}]}
            """;

    @Test
    void theLockIsReleasedWithClassesThatWereLoadedBefore(TestNamespace namespace, @TempDir Path folder)
            throws Exception {
        loseClassesInTheMiddle(namespace, folder, namespace.kubeconfig());

        assertThat(holder(namespace)).isEmpty();
    }

    @Test
    void theLockIsReleasedAlthoughTheClientHangsWithoutItsClasses(
            TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws Exception {
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig())) {
            server.hang("PUT .*/leases/.*", 1, Duration.ofSeconds(60));

            loseClassesInTheMiddle(namespace, folder, server.kubeconfig(users.resolve("faulty")));

            assertThat(server.requests())
                    .filteredOn(request -> request.startsWith("PUT"))
                    .hasSize(2);
        }
        assertThat(holder(namespace)).isEmpty();
    }

    private static void loseClassesInTheMiddle(TestNamespace namespace, Path folder, Path kubeconfig) throws Exception {
        Files.writeString(folder.resolve("slow.yaml"), NEVER_READY);
        CountDownLatch waiting = new CountDownLatch(1);
        URLClassLoader controller = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Runnable sync = (Runnable) controller
                .loadClass(Waits.class.getName())
                .getConstructor(Path.class, Path.class, String.class, CountDownLatch.class)
                .newInstance(kubeconfig, folder, namespace.name(), waiting);
        Thread thread = Thread.ofPlatform().unstarted(sync);
        thread.setContextClassLoader(controller);
        // What it misses in the end it misses without its controller as well; here it must not look like a failure of
        // this test.
        thread.setUncaughtExceptionHandler((ended, error) -> {});
        thread.start();
        try {
            assertThat(waiting.await(60, TimeUnit.SECONDS))
                    .as("it waits for the deployment")
                    .isTrue();
            assertThat(holder(namespace)).isNotEmpty();
        } finally {
            controller.close();
            thread.interrupt();
        }
        assertThat(thread.join(Duration.ofSeconds(10))).as("it ends").isTrue();
    }

    private static String holder(TestNamespace namespace) {
        return namespace.kubectl("get", "leases.coordination.k8s.io", "-o", "jsonpath={.items[*].spec.holderIdentity}");
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> {
                    try {
                        return Path.of(entry).toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(URL[]::new);
    }

    /** What an agent runs: a sync that waits for health for ever. */
    public static final class Waits implements Runnable {
        private final Path kubeconfig;
        private final Path folder;
        private final String namespace;
        private final CountDownLatch waiting;

        public Waits(Path kubeconfig, Path folder, String namespace, CountDownLatch waiting) {
            this.kubeconfig = kubeconfig;
            this.folder = folder;
            this.namespace = namespace;
            this.waiting = waiting;
        }

        @Override
        public void run() {
            Application application = new Application(
                    UUID.randomUUID(),
                    "shop",
                    Source.of("", "", ""),
                    new Destination("", namespace),
                    SyncPolicy.DEFAULT);
            try (Cluster cluster = Cluster.connect(new ClusterConfig(kubeconfig, null, false, 20))) {
                Reconciler reconciler = new Reconciler(cluster, "test", Permissions.ALL, RenderTools.ofProcess());
                SourceTree tree = new SourceTree(folder, "");
                reconciler
                        .compare(application, "", reconciler.render(application, tree))
                        .sync(SyncOptions.DEFAULT, event -> {
                            if (event instanceof SyncListener.Waiting) {
                                waiting.countDown();
                            }
                        });
            }
        }
    }
}

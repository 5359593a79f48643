package io.jenkins.plugins.gitops.engine.cluster;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the cluster once, in the store of the whole run, and hands out namespaces. See {@link WithCluster}. */
final class ClusterExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace STORE = Namespace.create(ClusterExtension.class);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestNamespace.class;
    }

    @Override
    public TestNamespace resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestNamespace namespace = TestNamespace.create(cluster(context), nameFor(context));
        // The store closes it after the test; a parameter of a constructor or of @BeforeAll lives as long as its class.
        context.getStore(STORE).put(namespace.name(), namespace);
        return namespace;
    }

    private static TestCluster cluster(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent("cluster", key -> TestCluster.start(), TestCluster.class);
    }

    /** Says in {@code kubectl get namespaces} which test it is; unique in a cluster that outlives this run, too. */
    private static String nameFor(ExtensionContext context) {
        String test = context.getTestMethod().map(method -> method.getName()).orElse("class");
        String words = test.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String start = "t-" + words;
        String unique = Long.toString(System.currentTimeMillis() / 1000, 36) + "-" + COUNTER.incrementAndGet();
        return start.substring(0, Math.min(40, start.length())) + "-" + unique;
    }
}

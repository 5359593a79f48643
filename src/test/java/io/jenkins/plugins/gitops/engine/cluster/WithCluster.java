package io.jenkins.plugins.gitops.engine.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a real API server. One cluster is started for the whole test run, by the first test that needs it; when
 * {@code GITOPS_TEST_KUBECONFIG} names a kubeconfig, that cluster is used instead and left as it was.
 *
 * <p>A parameter of type {@link TestNamespace} gets a namespace of its own; several parameters get several.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
public @interface WithCluster {}

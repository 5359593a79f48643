package io.jenkins.plugins.gitops.reconcile;

import hudson.remoting.Channel;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import okio.Buffer;

/**
 * What an agent must have whole before a run begins: the cluster's client. Otherwise it fetches each class from the controller when it
 * first needs it, and some of them it first needs when the controller is gone and the lock is to be released.
 */
final class AgentLibraries {
    private AgentLibraries() {}

    /** Sends them, some megabytes, once in the life of a connection. */
    static void send(Channel agent) throws IOException, InterruptedException {
        if (agent.getProperty(AgentLibraries.class) == null) {
            agent.preloadJar(OkHttpClient.class.getClassLoader(), OkHttpClient.class, Buffer.class, Unit.class);
            agent.preloadJar(
                    KubernetesClient.class.getClassLoader(),
                    KubernetesClient.class,
                    KubernetesClientImpl.class,
                    OkHttpClientFactory.class);
            agent.setProperty(AgentLibraries.class, Boolean.TRUE);
        }
    }
}

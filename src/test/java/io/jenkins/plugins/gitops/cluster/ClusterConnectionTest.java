package io.jenkins.plugins.gitops.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import hudson.AbortException;
import hudson.model.Label;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithCluster
@WithJenkins
class ClusterConnectionTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private TestCredentials credentials;

    @BeforeEach
    void start(JenkinsRule jenkins, TestNamespace namespace) throws Exception {
        this.jenkins = jenkins;
        this.namespace = namespace;
        this.credentials = new TestCredentials(namespace);
    }

    private String userOf(ClusterDefinition definition) throws AbortException {
        try (Cluster cluster = definition.access(null).connect()) {
            return cluster.greet().user();
        }
    }

    @Test
    void aSecretTextIsABearerToken() throws Exception {
        credentials.addToken("token", credentials.token());
        assertThat(userOf(credentials.cluster("it", "token")))
                .isEqualTo("system:serviceaccount:" + namespace.name() + ":deployer");
    }

    @Test
    void aSecretFileIsAKubeconfigThatBringsServerAndAuthority() throws Exception {
        credentials.addKubeconfigOfAdmin("kubeconfig");
        ClusterDefinition cluster = new ClusterDefinition("it");
        cluster.setCredentialsId("kubeconfig");
        assertThat(userOf(cluster))
                .isEqualTo(namespace.kubectl("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"));
    }

    @Test
    void aCertificateIsAClientCertificate() throws Exception {
        credentials.addCertificateOfAdmin("certificate");
        assertThat(userOf(credentials.cluster("it", "certificate")))
                .isEqualTo(namespace.kubectl("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"));
    }

    /** API servers have dropped basic authentication, proxies in front of them have not. */
    @Test
    void aUserNameAndPasswordAreSentAsBasicAuthentication() throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "{\"status\":{\"userInfo\":{\"username\":\"me\"}},\"gitVersion\":\"v1\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            credentials.addPassword("password", "me", "open sesame 1234");
            ClusterDefinition cluster = new ClusterDefinition("it");
            cluster.setServerUrl("http://127.0.0.1:" + server.getAddress().getPort());
            cluster.setCredentialsId("password");
            assertThat(userOf(cluster)).isEqualTo("me");
            assertThat(sent)
                    .contains("Basic "
                            + Base64.getEncoder()
                                    .encodeToString("me:open sesame 1234".getBytes(StandardCharsets.UTF_8)));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatDoesNotTakeThePasswordSaysSo() throws Exception {
        credentials.addPassword("password", "me", "open sesame 1234");
        assertThatThrownBy(() -> userOf(credentials.cluster("it", "password"))).hasMessageContaining("anonymous");
    }

    @Test
    void withoutACredentialTheConnectionIsAnonymousAndSaysSo() throws Exception {
        assertThatThrownBy(() -> userOf(credentials.cluster("it", ""))).hasMessageContaining("anonymous");
    }

    @Test
    void aTokenIsSentNowhereWithoutAServer() throws Exception {
        credentials.addToken("token", "abcdef");
        ClusterDefinition cluster = new ClusterDefinition("it");
        cluster.setCredentialsId("token");
        assertThatThrownBy(() -> cluster.access(null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("API server URL");
    }

    @Test
    void aCredentialThatIsMissingIsNamed() throws Exception {
        ClusterDefinition cluster = credentials.cluster("it", "absent");
        assertThatThrownBy(() -> cluster.access(null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("absent")
                .hasMessageContaining("it");
    }

    @Test
    void aKubeconfigWithAProgramIsRefusedAndTheProgramDoesNotRun(@TempDir Path folder) throws Exception {
        Path marker = folder.resolve("ran");
        credentials.addKubeconfig("exec", kubeconfigThatRuns(marker));
        ClusterDefinition cluster = credentials.cluster("it", "exec");
        assertThatThrownBy(() -> cluster.access(null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("exec")
                .hasMessageContaining("not allowed");
        FormValidation tested =
                descriptor().doTestConnection("it", cluster.getServerUrl(), cluster.getCaCertificate(), "exec", "");
        assertThat(tested.kind).isEqualTo(FormValidation.Kind.ERROR);
        descriptor().doCheckCredentialsId("exec", cluster.getServerUrl());
        descriptor().doCheckServerUrl("", "exec");
        assertThat(marker).doesNotExist();
    }

    @Test
    void anAdministratorMayAllowTheProgram(@TempDir Path folder) throws Exception {
        Path marker = folder.resolve("ran");
        credentials.addKubeconfig("exec", kubeconfigThatRuns(marker));
        GitOpsConfiguration.get().setAllowKubeconfigExec(true);
        ClusterAccess access = credentials.cluster("it", "exec").access(null);
        assertThat(marker).exists();
        assertThat(access.token()).isEqualTo("token-of-the-program");
    }

    private String kubeconfigThatRuns(Path marker) {
        return """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters:
                - {name: it, cluster: {server: "https://127.0.0.1:1"}}
                users:
                - name: me
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/v1
                      interactiveMode: Never
                      command: sh
                      args:
                      - -c
                      - >-
                        touch %s; echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
                        "status": {"token": "token-of-the-program"}}'
                contexts:
                - {name: it, context: {cluster: it, user: me}}
                """.formatted(marker);
    }

    @Test
    void theTestOfAConnectionSaysWhoTheServerSees() throws Exception {
        credentials.addToken("token", credentials.token());
        ClusterDefinition cluster = credentials.cluster("it", "token");
        FormValidation tested =
                descriptor().doTestConnection("it", cluster.getServerUrl(), cluster.getCaCertificate(), "token", "");
        assertThat(tested.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(tested.getMessage())
                .contains("system:serviceaccount:" + namespace.name() + ":deployer")
                .contains("Kubernetes v1.");
    }

    @Test
    void theTestOfAConnectionGoesThroughAnAgentOfTheLabel() throws Exception {
        credentials.addToken("token", credentials.token());
        ClusterDefinition cluster = credentials.cluster("it", "token");
        FormValidation none = descriptor()
                .doTestConnection("it", cluster.getServerUrl(), cluster.getCaCertificate(), "token", "inside");
        assertThat(none.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(none.getMessage()).contains("inside");

        String agent = jenkins.createOnlineSlave(Label.get("inside")).getNodeName();
        FormValidation tested = descriptor()
                .doTestConnection("it", cluster.getServerUrl(), cluster.getCaCertificate(), "token", "inside");
        assertThat(tested.getMessage()).contains("system:serviceaccount:").contains(agent);
        assertThat(tested.kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void aWrongTokenIsNotRepeatedInTheAnswer() throws Exception {
        credentials.addToken("token", "not-a-token-but-secret");
        ClusterDefinition cluster = credentials.cluster("it", "token");
        FormValidation tested =
                descriptor().doTestConnection("it", cluster.getServerUrl(), cluster.getCaCertificate(), "token", "");
        assertThat(tested.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(tested.getMessage()).contains("401").doesNotContain("not-a-token-but-secret");
    }

    @Test
    void onlyAnAdministratorMayTestAConnectionAndOnlyByPost() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Jenkins.MANAGE)
                .everywhere()
                .to("reader"));
        assertThat(test("reader", HttpMethod.POST)).isEqualTo(403);
        assertThat(test("admin", HttpMethod.GET)).isBetween(400, 499);
        assertThat(test("admin", HttpMethod.POST)).isEqualTo(200);
    }

    private int test(String user, HttpMethod method) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            client.login(user);
            URL url = new URL(
                    jenkins.getURL(), "descriptorByName/" + ClusterDefinition.class.getName() + "/testConnection");
            WebRequest request = new WebRequest(url, method);
            request.setRequestParameters(List.of(
                    new NameValuePair("name", "it"),
                    new NameValuePair("serverUrl", "https://127.0.0.1:1"),
                    new NameValuePair("caCertificate", ""),
                    new NameValuePair("credentialsId", ""),
                    new NameValuePair("agentLabel", "")));
            client.addCrumb(request);
            return client.loadWebResponse(request).getStatusCode();
        }
    }

    @Test
    void whoMayNotConfigureLearnsNothingFromTheForm() throws Exception {
        credentials.addToken("token", "abcdef");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toAuthenticated());
        try (var ignored = hudson.security.ACL.as2(
                hudson.model.User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(descriptor().doFillCredentialsIdItems("", "")).noneMatch(option -> option.value.equals("token"));
            assertThat(descriptor().doCheckCredentialsId("absent", "").kind).isEqualTo(FormValidation.Kind.OK);
        }
    }

    @Test
    void theListOfCredentialsOffersWhatKubernetesUnderstands() throws Exception {
        credentials.addToken("token", "abcdef");
        credentials.addKubeconfigOfAdmin("kubeconfig");
        credentials.addPassword("password", "me", "open sesame 1234");
        credentials.addCertificateOfAdmin("certificate");
        assertThat(descriptor().doFillCredentialsIdItems("https://a.example", ""))
                .extracting(option -> option.value)
                .contains("token", "kubeconfig", "password", "certificate");
    }

    @Test
    void equalAccessesShareAConnectionAndOthersDoNot() throws Exception {
        credentials.addToken("token", "abcdef");
        ClusterDefinition cluster = credentials.cluster("it", "token");
        NodeClusters registry = new NodeClusters();
        try (NodeClusters.Lease one = registry.lease(cluster.access(null));
                NodeClusters.Lease two = registry.lease(cluster.access(null))) {
            assertThat(one.cluster()).isSameAs(two.cluster());
            cluster.setRequestsInFlight(3);
            try (NodeClusters.Lease three = registry.lease(cluster.access(null))) {
                assertThat(three.cluster()).isNotSameAs(one.cluster());
            }
        }
    }

    @Test
    void unusedConnectionsAreBoundedAndThoseInUseStay() throws Exception {
        NodeClusters registry = new NodeClusters();
        ClusterDefinition first = credentials.cluster("first", "");
        try (NodeClusters.Lease used = registry.lease(first.access(null))) {
            for (int i = 0; i < NodeClusters.IDLE + 3; i++) {
                registry.lease(credentials.cluster("other" + i, "").access(null))
                        .close();
            }
            assertThat(registry.size()).isEqualTo(NodeClusters.IDLE + 1);
            try (NodeClusters.Lease again = registry.lease(first.access(null))) {
                assertThat(again.cluster()).isSameAs(used.cluster());
            }
        }
    }

    @Test
    void anAccessPrintsItselfWithoutSecrets() throws Exception {
        credentials.addToken("token", "very-secret-token");
        ClusterAccess access = credentials.cluster("it", "token").access(null);
        assertThat(access.toString()).doesNotContain("very-secret-token").contains("it");
        assertThat(access.mask().apply("Bearer very-secret-token")).isEqualTo("Bearer ****");
    }

    @Test
    void whatTheFormSaysOfWrongValues() throws Exception {
        ClusterDescriptor form = descriptor();
        // What nobody has filled in yet is not shown as wrong; it cannot be saved.
        assertThat(form.doCheckName("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckName("a b").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckName("prod-1").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckServerUrl("", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckServerUrl("", "").getMessage()).isNotEmpty();
        assertThat(form.doCheckServerUrl("cluster:6443", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckServerUrl("http://a.example", "").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form.doCheckServerUrl("https://a.example", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckCaCertificate("abc").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckCaCertificate(credentials.cluster("a", "").getCaCertificate()).kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckDefaultNamespace("Shop").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckLabels("env").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckLabels("env=prod a=b").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckAllowedFolders("absent").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form.doCheckAllowedNamespaces("shop, team-*").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckAllowedNamespaces("Shop").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckAllowedKinds("deployments").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckAllowedKinds("Deployment.apps *.apps").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckAgentLabel("a &&").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckRequestsInFlight("0").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    private static ClusterDescriptor descriptor() {
        return (ClusterDescriptor) Jenkins.get().getDescriptorOrDie(ClusterDefinition.class);
    }
}

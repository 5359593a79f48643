package io.jenkins.plugins.gitops.cluster;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.jenkins.plugins.gitops.engine.cluster.ForeignKubeconfig;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.Base64;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** The test cluster as an administrator would enter it: credentials in Jenkins's store, and a definition that names one. */
public final class TestCredentials {
    private static final String PASSPHRASE = "a passphrase of fourteen";

    private final TestNamespace namespace;
    private final Config admin;

    public TestCredentials(TestNamespace namespace) throws Exception {
        this.namespace = namespace;
        this.admin = ForeignKubeconfig.parse(Files.readString(namespace.kubeconfig()), "test cluster", false);
    }

    /** A definition with server and authority, and the credential. */
    public ClusterDefinition cluster(String name, String credentialsId) {
        ClusterDefinition cluster = new ClusterDefinition(name);
        cluster.setServerUrl(admin.getMasterUrl());
        cluster.setCaCertificate(new String(Base64.getDecoder().decode(admin.getCaCertData()), StandardCharsets.UTF_8));
        cluster.setCredentialsId(credentialsId);
        return cluster;
    }

    /** The token of a service account of the namespace that may do all in it. */
    public String token() {
        namespace.kubectl("create", "serviceaccount", "deployer");
        namespace.kubectl(
                "create",
                "rolebinding",
                "deployer",
                "--clusterrole=admin",
                "--serviceaccount=" + namespace.name() + ":deployer");
        return namespace.kubectl("create", "token", "deployer");
    }

    public void addToken(String id, String token) throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(token)));
    }

    public void addKubeconfig(String id, String text) throws Exception {
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                "config",
                SecretBytes.fromBytes(text.getBytes(StandardCharsets.UTF_8))));
    }

    public void addKubeconfigOfAdmin(String id) throws Exception {
        addKubeconfig(id, Files.readString(namespace.kubeconfig()));
    }

    public void addCertificateOfAdmin(String id) throws Exception {
        KeyStore keys = CertUtils.createKeyStore(
                admin.getClientCertData(),
                null,
                admin.getClientKeyData(),
                null,
                Pem.keyAlgorithm(admin.getClientCertData()),
                PASSPHRASE,
                null,
                PASSPHRASE);
        KeyStore pkcs12 = KeyStore.getInstance("PKCS12");
        pkcs12.load(null, null);
        String alias = keys.aliases().nextElement();
        pkcs12.setKeyEntry(
                alias,
                keys.getKey(alias, PASSPHRASE.toCharArray()),
                PASSPHRASE.toCharArray(),
                keys.getCertificateChain(alias));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pkcs12.store(bytes, PASSPHRASE.toCharArray());
        add(new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                PASSPHRASE,
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, SecretBytes.fromBytes(bytes.toByteArray()))));
    }

    public void addPassword(String id, String user, String password) throws Exception {
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, password));
    }

    private static void add(StandardCredentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }
}

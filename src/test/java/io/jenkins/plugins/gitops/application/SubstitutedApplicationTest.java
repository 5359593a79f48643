package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.render.sops.TestSops;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.render.DecryptionKey;
import io.jenkins.plugins.gitops.render.SubstituteCredential;
import io.jenkins.plugins.gitops.render.SubstituteObject;
import io.jenkins.plugins.gitops.render.SubstituteSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Variables in manifests get values of the form, the cluster, the build and the credentials; secret ones are seen nowhere. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class SubstitutedApplicationTest {
    private static final String TOKEN = "t0ken-of-the-shop";

    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
        give(TOKEN);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "db", "", "shopkeeper", "pass-of-the-db"));
        namespace.kubectl("create", "configmap", "site", "--from-literal=region=eu-west-1");
        SubstituteSettings substitute = new SubstituteSettings();
        substitute.setValues(List.of("tier=front"));
        substitute.setFrom(List.of(new SubstituteObject(Substitution.Kind.ConfigMap, "site")));
        substitute.setParameters(true);
        SubstituteCredential token = new SubstituteCredential("shop-token");
        token.setVariable("token");
        SubstituteCredential db = new SubstituteCredential("db");
        db.setVariable("db");
        substitute.setCredentials(List.of(token, db));
        shop.getSource().setSubstitute(substitute);
        shop.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("STAGE", "test")));
        shop.save();
    }

    private static void give(String token) throws Exception {
        List<com.cloudbees.plugins.credentials.Credentials> all =
                SystemCredentialsProvider.getInstance().getCredentials();
        all.removeIf(credentials -> credentials instanceof StringCredentialsImpl);
        all.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "shop-token", "", Secret.fromString(token)));
    }

    private String data(String key) {
        return namespace.read("configmap/settings", "{.data." + key + "}");
    }

    private static void requireUnseen(GitOpsRun run, String... secrets) throws IOException {
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.UTF_8))
                        .as("%s", file)
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    void valuesComeFromTheFormTheClusterTheBuildAndCredentialsAndSecretsAreSeenNowhere() throws Exception {
        applications.commitManifest("settings", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  tier: ${tier}
                  region: ${region}
                  stage: ${STAGE}
                  url: https://${db_USR}:${db_PSW}@db/${token}
                  token: ${credentials:shop-token}
                  login: ${credentials:db:username}
                """);

        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(data("tier")).isEqualTo("front");
        assertThat(data("region")).isEqualTo("eu-west-1");
        assertThat(data("stage")).isEqualTo("test");
        assertThat(data("url")).isEqualTo("https://shopkeeper:pass-of-the-db@db/" + TOKEN);
        assertThat(data("token")).isEqualTo(TOKEN);
        assertThat(data("login")).isEqualTo("shopkeeper");
        requireUnseen(sync, TOKEN, "pass-of-the-db");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String shown = browser.goTo(sync.getUrl() + "manifests/manifests.yaml", null)
                    .getWebResponse()
                    .getContentAsString();
            assertThat(shown).contains("(masked)").doesNotContain(TOKEN, "pass-of-the-db");
        }

        give("t0ken-that-is-new");
        GitOpsRun check = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        requireUnseen(check, TOKEN, "t0ken-that-is-new");
        ParametersAction live = new ParametersAction(new StringParameterValue("STAGE", "live"));
        GitOpsRun second = (GitOpsRun)
                shop.schedule(ReconcileMode.sync, List.of(live)).getFuture().get(3, TimeUnit.MINUTES);
        jenkins.assertBuildStatus(Result.SUCCESS, applications.finished(second));
        assertThat(data("token")).isEqualTo("t0ken-that-is-new");
        assertThat(data("stage")).isEqualTo("live");
        requireUnseen(second, TOKEN, "t0ken-that-is-new");
    }

    @Test
    void noManifestGetsACredentialThatTheFormDoesNotList() throws Exception {
        shop.getSource().getSubstitute().setCredentials(List.of());
        applications.commitManifest("settings", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  token: ${credentials:shop-token}
                """);

        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.FAILURE);

        jenkins.assertLogContains("credentials:shop-token", sync);
        jenkins.assertLogContains("settings.yaml:6", sync);
        requireUnseen(sync, TOKEN);

        shop.getSource().getSubstitute().setCredentials(List.of(new SubstituteCredential("nowhere")));
        GitOpsRun missing = applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        jenkins.assertLogContains("There is no credential nowhere that shop may use", missing);
    }

    @Test
    void anEncryptedFileIsDecryptedWithTheKeyThatACredentialHolds(@TempDir Path folder) throws Exception {
        TestSops sops = new TestSops(folder);
        TestSops.Key key = sops.key();
        Path encrypted = sops.encrypted("login.yaml", """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: login
                stringData:
                  password: sesame-of-the-shop
                """, key, "encrypted_regex: ^(data|stringData)$");
        applications.commitManifest("login", Files.readString(encrypted));
        GitOpsRun without = applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        jenkins.assertLogContains("login.yaml", without);

        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "age",
                        "",
                        "keys.txt",
                        SecretBytes.fromBytes(key.file().getBytes(StandardCharsets.UTF_8))));
        shop.getSource().setDecryptionKeys(List.of(new DecryptionKey("age")));
        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(namespace.read("secret/login", "{.data.password}"))
                .isEqualTo(Base64.getEncoder().encodeToString("sesame-of-the-shop".getBytes(StandardCharsets.UTF_8)));
        requireUnseen(sync, "sesame-of-the-shop", "AGE-SECRET-KEY");
    }

    @Test
    void theBlockSurvivesTheForm() throws Exception {
        shop.getSource().setDecryptionKeys(List.of(new DecryptionKey("shop-token")));
        Substitution before = shop.toEngineApplication().substitution();
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(shop, "configure");
            browser.waitForBackgroundJavaScript(10_000);
            jenkins.submit(page.getFormByName("config"));
        }
        SubstituteSettings after = shop.getSource().getSubstitute();
        assertThat(shop.toEngineApplication().substitution()).isEqualTo(before);
        assertThat(after.isParameters()).isTrue();
        assertThat(shop.getSource().getDecryptionKeys())
                .extracting(DecryptionKey::getCredentialsId)
                .containsExactly("shop-token");
        assertThat(after.getCredentials())
                .extracting(SubstituteCredential::getCredentialsId, SubstituteCredential::getVariable)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("shop-token", "token"),
                        org.assertj.core.api.Assertions.tuple("db", "db"));
        assertThat(shop.getConfigFile().asString())
                .contains("<gitops-substitute-credential>")
                .doesNotContain(TOKEN);
    }
}

package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.model.Result;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.tool.HelmInstallation;
import io.jenkins.plugins.gitops.tool.KustomizeInstallation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.WebMethod;

/**
 * Every URL of this plugin times everybody who may ask for it: {@code endpoints.txt} is the table. Whatever Stapler would serve
 * and the table does not name fails the test, so nothing comes to be reachable that nobody thought about.
 */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class EndpointsTest {
    private static final String PACKAGE = "io.jenkins.plugins.gitops";
    private static final List<String> USERS =
            List.of("anonymous", "reader", "builder", "syncer", "roller", "configurer", "administrator");
    private static final String PLANTED = "planted-s3cr3t";

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private JenkinsRule jenkins;
    private List<String> secrets;

    /** @param endpoint a method or a view of ours, or one of core's on an item of ours */
    private record Row(String endpoint, String expected, String method, String url) {
        boolean isForm() {
            return url.contains("@");
        }

        boolean isChange() {
            return method.equals("POST") && !isForm();
        }

        Row withUrl(String other) {
            return new Row(endpoint, expected, method, other);
        }
    }

    private record Answer(int status, String body) {
        /** A validation without words, a list without values. */
        boolean isSilent() {
            return body.isBlank()
                    || body.equals("<div/>")
                    || body.matches("(?s)\\{.*\"suggestions\":\\[\\]\\}")
                    || body.contains("\"values\":[") && !body.matches("(?s).*\"value\":\"[^\"]+\".*");
        }

        char sign(boolean form) {
            return switch (status) {
                case 200, 201 -> form && isSilent() ? '-' : '+';
                case 403 -> 'x';
                case 404 -> '?';
                default -> '!';
            };
        }
    }

    @Test
    void everythingThatStaplerServesIsInTheTable() throws IOException {
        Set<String> named = table().stream().map(Row::endpoint).collect(Collectors.toCollection(TreeSet::new));
        named.removeIf(endpoint -> endpoint.startsWith("core."));

        assertThat(named).isEqualTo(served());
    }

    private static Set<String> served() throws IOException {
        Set<String> endpoints = new TreeSet<>();
        for (JavaClass imported : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(PACKAGE)) {
            if (imported.getPackageName().startsWith(PACKAGE + ".engine")) {
                continue;
            }
            Class<?> type = imported.reflect();
            String name = imported.getName().substring(imported.getPackageName().length() + 1);
            String top = name.replaceAll("\\$.*", "");
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> isServed(method) || isProxy(type, method))
                    .forEach(method -> endpoints.add(top + "." + method.getName()));
            if (!Describable.class.isAssignableFrom(type) || Item.class.isAssignableFrom(type)) {
                pages(type).forEach(page -> endpoints.add(name.replace('$', '.') + "/" + page));
            }
        }
        return endpoints;
    }

    private static boolean isServed(Method method) {
        boolean reachable = Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic();
        return reachable
                && (method.getName().matches("(do|js)[A-Z].*|getDynamic")
                        || method.isAnnotationPresent(WebMethod.class)
                        || Arrays.stream(method.getAnnotations())
                                .anyMatch(annotation -> annotation
                                        .annotationType()
                                        .getSimpleName()
                                        .equals("JavaScriptMethod")));
    }

    /** Whatever such a method returns is served instead, or as well. */
    private static boolean isProxy(Class<?> type, Method method) {
        return StaplerProxy.class.isAssignableFrom(type) && method.getName().equals("getTarget")
                || StaplerFallback.class.isAssignableFrom(type)
                        && method.getName().equals("getStaplerFallback");
    }

    /** Views that are pages of their own; the others are parts of pages. */
    private static List<String> pages(Class<?> type) throws IOException {
        Path folder =
                Path.of("src/main/resources", type.getName().replace('.', '/').replace('$', '/'));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jelly")).toList()) {
                if (Files.readString(file).contains("<l:layout")) {
                    pages.add(file.getFileName().toString().replace(".jelly", ""));
                }
            }
        }
        return pages;
    }

    private static List<Row> table() throws IOException {
        try (InputStream stream = EndpointsTest.class.getResourceAsStream("endpoints.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .map(words -> new Row(words[0], words[1], words[2], words[3]))
                    .toList();
        }
    }

    @Test
    void everybodyGetsWhatTheTableSaysAndNobodyASecret(JenkinsRule rule, GitSampleRepoRule git, TestNamespace namespace)
            throws Exception {
        jenkins = rule;
        Applications applications = new Applications(rule, git, namespace);
        prepare(applications);
        GitOpsApplication shop = reconciled(applications, namespace);
        protect();
        shop.setLabelExpression("nowhere");
        shop.save();
        String waiting = URLEncoder.encode("ConfigMap " + namespace.name() + "/guarded", StandardCharsets.UTF_8);

        Map<String, String> wrong = new TreeMap<>();
        for (Row written : table()) {
            Row row = written.withUrl(written.url().replace("{waiting}", waiting));
            StringBuilder found = new StringBuilder();
            for (String user : USERS) {
                Answer answer = ask(user, row.method(), row.url());
                found.append(answer.sign(row.isForm()));
                boolean queued = shop.isInQueue();
                jenkins.jenkins.getQueue().clear();
                if (row.isChange() && answer.status() >= 400) {
                    assertThat(queued)
                            .as("%s did something for %s", row.url(), user)
                            .isFalse();
                }
            }
            if (!row.expected().contentEquals(found)) {
                wrong.put(row.endpoint() + " " + row.url(), found + " instead of " + row.expected());
            }
            if (row.method().equals("POST")) {
                assertThat(ask("administrator", "GET", row.url()).status())
                        .as("GET %s", row.url())
                        .isIn(404, 405);
                assertThat(shop.isInQueue()).as("GET %s", row.url()).isFalse();
            }
            if (row.isForm()) {
                int status = ask("administrator", "POST", row.url().replaceAll("\\?.*", ""))
                        .status();
                if (status != 200) {
                    wrong.put(row.endpoint() + " " + row.url() + " without any parameter", "status " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What lists may offer, and what must never be seen. */
    private void prepare(Applications applications) throws Exception {
        jenkins.createProject(Folder.class, "team");
        jenkins.createProject(WorkflowJob.class, "deploy");
        jenkins.createSlave("inside", "inside", null);
        jenkins.jenkins
                .getDescriptorByType(HelmInstallation.DescriptorImpl.class)
                .setInstallations(new HelmInstallation("helm", "/nowhere", List.of()));
        jenkins.jenkins
                .getDescriptorByType(KustomizeInstallation.DescriptorImpl.class)
                .setInstallations(new KustomizeInstallation("kustomize", "/nowhere", List.of()));
        var credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.add(new StringCredentialsImpl(
                CredentialsScope.GLOBAL, "token", "", hudson.util.Secret.fromString(PLANTED + "-token")));
        credentials.add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "login", "", "somebody", PLANTED + "-login"));
        secrets = List.of(
                PLANTED,
                Base64.getEncoder().encodeToString((PLANTED + "-data").getBytes(StandardCharsets.UTF_8)),
                "b3RoZXI=",
                applications.token());
    }

    /** #1 synced, #2 found drift, #3 is a preview, #4 waits for an approval. */
    private GitOpsApplication reconciled(Applications applications, TestNamespace namespace) throws Exception {
        applications.commitManifest(
                "secret",
                "{apiVersion: v1, kind: Secret, metadata: {name: secret}, stringData: {text: " + PLANTED + "-data}}");
        applications.commitManifest(
                "guarded",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: guarded,"
                        + " annotations: {gitops.jenkins.io/sync-options: Prune=confirm}}}");
        GitOpsApplication shop = applications.create("shop");
        shop.getSync().setPrune(true);
        shop.addTrigger(new SCMTrigger(""));
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.changeByHand("greeting", "changed");
        namespace.kubectl("patch", "secret/secret", "--type=merge", "-p", "{\"data\":{\"text\":\"b3RoZXI=\"}}");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.run(shop, ReconcileMode.dryRun, Result.SUCCESS);
        applications.removeManifest("guarded");
        applications.run(shop, ReconcileMode.sync, Result.UNSTABLE);
        return shop;
    }

    private void protect() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "syncer", "roller", "configurer")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(GitOpsPermissions.SYNC)
                .everywhere()
                .to("syncer")
                .grant(GitOpsPermissions.ROLLBACK)
                .everywhere()
                .to("roller")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    private Answer ask(String user, String method, String url) throws Exception {
        String path = url.replaceAll("@(\\w+)\\.(\\w+)/", "descriptorByName/" + PACKAGE + ".$1.$2/");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Jenkins-Crumb", "test");
        if (!user.equals("anonymous")) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Answer answer = new Answer(response.statusCode(), response.body());
        assertThat(answer.body()).as("%s %s for %s", method, url, user).doesNotContain(secrets);
        return answer;
    }
}

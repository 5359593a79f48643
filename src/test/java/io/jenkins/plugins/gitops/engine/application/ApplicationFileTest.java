package io.jenkins.plugins.gitops.engine.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.CronSchedule;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.HealthPolicy;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.HistoryPolicy;
import io.jenkins.plugins.gitops.engine.model.HookPolicy;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.OnDrift;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.model.Substitution.Kind;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationFileTest {
    static final String SMALLEST = """
            apiVersion: gitops.jenkins.io/v1
            kind: Application
            metadata:
              name: shop
            spec:
              source:
                repository: https://git.example.com/shop.git
              destination:
                namespace: shop
            """;

    static final String FULL = """
            apiVersion: gitops.jenkins.io/v1
            kind: Application
            metadata:
              name: shop
              uid: 123e4567-e89b-12d3-a456-426614174000
            spec:
              source:
                repository: ./manifests
                revision: main
                path: prod
                recurse: false
                include: ["*.yaml"]
                exclude: [draft-*]
                ref: manifests
                verify: {keys: [ssh-ed25519 AAAA ada], keyFiles: []}
                renderer: plain
                kustomize:
                  images: ["nginx=registry.example.com/nginx:1.27", {name: redis, newName: "*", newTag: "7", digest: "sha256:1"}]
                  namePrefix: pre-
                  nameSuffix: -suf
                  namespace: other
                  commonLabels: {team: shop}
                  forceCommonLabels: true
                  labelWithoutSelector: true
                  labelIncludeTemplates: true
                  commonAnnotations: {owner: "42"}
                  forceCommonAnnotations: true
                  patches:
                  - path: patch.yaml
                    target:
                      group: apps
                      version: v1
                      kind: Deployment
                      name: web.*
                      namespace: shop
                      labelSelector: a=b
                      annotationSelector: c=d
                    options: {allowNameChange: true, allowKindChange: true}
                  components: [../components/tls]
                  ignoreMissingComponents: true
                  replicas: [{name: web, count: 3}]
                  allowRemoteBases: true
                helm:
                  releaseName: web
                  namespace: other
                  valueFiles: [prod.yaml, /shared.yaml, $values/shop.yaml]
                  ignoreMissingValueFiles: true
                  valuesObject: {replicas: 2}
                  parameters: [{name: image.tag, value: "1", forceString: true}]
                  fileParameters: [{name: script, path: run.sh}]
                  includeCRDs: false
                  skipCrds: true
                  skipTests: true
                  skipSchemaValidation: true
                  kubeVersion: "1.30"
                  apiVersions: [monitoring.coreos.com/v1]
              destination:
                cluster: east
                namespace: shop
              sync:
                prune: true
                pruneNamespaces: true
                pruneCustomResourceDefinitions: true
                allowEmpty: true
                adopt: true
                applyAll: true
                wait: false
                timeout: 1h30m
                options: [PruneLast=true, Prune=confirm]
                retry:
                  limit: 2
                  backoff: {duration: 1s, factor: 3, maxDuration: 1m}
                lock: false
                hooks: {rollback: false, selfHeal: true}
                drift: heal
                onFight: continue
                windows:
                - kind: deny
                  schedule: 0 8 * * 1-5
                  duration: 9h
                  timeZone: Europe/Berlin
                  manualSync: true
                  applications: [shop-*]
                  namespaces: [shop]
                  clusters: [east]
              dependsOn: [database, cache]
              history: {attempts: 50, age: 720h}
              substitute:
                values: {region: eu, replicas: "3"}
                from: [{kind: ConfigMap, name: site}, {kind: Secret, name: keys, optional: true}]
              compare:
                ignore:
                - group: apps
                  kind: Deployment
                  namespace: shop
                  name: web-*
                  jsonPointers: [/spec/replicas]
                  jqPathExpressions: [".spec.template.spec.containers[].image"]
                  managedFieldsManagers: [rollout-bot]
                severity:
                - group: apps
                  kind: Deployment
                  namespace: shop
                  name: web-*
                  fields: [spec.replicas]
                  severity: info
              health:
                addresses: false
                rules:
                - apiVersion: example.com/v1
                  kind: Widget
                  inProgress: status.phase == 'Busy'
                  failed: status.phase == 'Broken'
                  current: status.phase == 'Fine'
                - group: example.com
                  kind: "*"
                  lua: return {status = 'Healthy'}
            """;

    static final String SEVERAL = """
            apiVersion: gitops.jenkins.io/v1
            kind: Application
            metadata:
              name: shop
            spec:
              sources:
              - repository: https://charts.example.com
                chart: web
                revision: 1.x
                helm:
                  values: |
                    replicas: 2
                  valueFiles: [$values/shop.yaml]
              - repository: ./values
                ref: values
              - repository: https://git.example.com/shop.git
                path: extra
                kustomize:
                  patches: [{patch: "kind: Deployment"}]
              destination:
                namespace: shop
            """;

    private static final Path FOLDER = Path.of("/srv/apps");

    @Test
    void whatIsNotWrittenHasItsDefault() {
        Application application = read(SMALLEST);

        assertThat(application.source()).isEqualTo(Source.of("https://git.example.com/shop.git", "", ""));
        assertThat(application.destination()).isEqualTo(new Destination("", "shop"));
        assertThat(application.sync()).isEqualTo(SyncPolicy.DEFAULT);
    }

    @Test
    void everyFieldIsRead() {
        assertThat(read(FULL))
                .isEqualTo(new Application(
                        UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                        "shop",
                        new Source(
                                "/srv/apps/manifests",
                                "main",
                                "prod",
                                false,
                                List.of("*.yaml"),
                                List.of("draft-*"),
                                "",
                                "manifests",
                                RendererKind.plain,
                                kustomize(),
                                helm(),
                                List.of("ssh-ed25519 AAAA ada"),
                                List.of()),
                        new Destination("east", "shop"),
                        SyncPolicy.DEFAULT.toBuilder()
                                .prune(true)
                                .pruneNamespaces(true)
                                .pruneCustomResourceDefinitions(true)
                                .allowEmpty(true)
                                .adopt(true)
                                .applyAll(true)
                                .awaitHealth(false)
                                .timeout(Duration.ofMinutes(90))
                                .drift(OnDrift.heal)
                                .healsInFights(true)
                                .build()
                                .withOptions(List.of("PruneLast=true", "Prune=confirm"))
                                .withRetry(new RetryPolicy(2, Duration.ofSeconds(1), 3, Duration.ofMinutes(1)))
                                .withLock(false)
                                .withHooks(new HookPolicy(false, true))
                                .withWindows(List.of(new SyncWindow(
                                        SyncWindow.Kind.deny,
                                        CronSchedule.parse("0 8 * * 1-5"),
                                        Duration.ofHours(9),
                                        ZoneId.of("Europe/Berlin"),
                                        true,
                                        List.of("shop-*"),
                                        List.of("shop"),
                                        List.of("east")))),
                        List.of(new IgnoreRule(
                                "apps",
                                "Deployment",
                                "shop",
                                "web-*",
                                List.of("/spec/replicas"),
                                List.of(".spec.template.spec.containers[].image"),
                                List.of("rollout-bot"))),
                        new HealthPolicy(
                                false,
                                List.of(
                                        new HealthCheck.Expressions(
                                                "example.com/v1",
                                                "Widget",
                                                "status.phase == 'Busy'",
                                                "status.phase == 'Broken'",
                                                "status.phase == 'Fine'"),
                                        new HealthCheck.Script("example.com", "*", "return {status = 'Healthy'}"))),
                        new Substitution(
                                true,
                                Map.of("region", "eu", "replicas", "3"),
                                List.of(
                                        new ValuesFrom(Kind.ConfigMap, "site", false),
                                        new ValuesFrom(Kind.Secret, "keys", true))),
                        List.of("database", "cache"),
                        List.of(new SeverityRule(
                                "apps", "Deployment", "shop", "web-*", List.of("spec.replicas"), Severity.info)),
                        new HistoryPolicy(50, Duration.ofDays(30))));
    }

    private static KustomizeOptions kustomize() {
        return new KustomizeOptions(
                List.of(
                        new KustomizeOptions.Image("nginx", "registry.example.com/nginx", "1.27", ""),
                        new KustomizeOptions.Image("redis", "*", "7", "sha256:1")),
                "pre-",
                "-suf",
                "other",
                Map.of("team", "shop"),
                true,
                true,
                true,
                Map.of("owner", "42"),
                true,
                List.of(new KustomizeOptions.Patch(
                        "patch.yaml",
                        "",
                        Map.of(
                                "group", "apps",
                                "version", "v1",
                                "kind", "Deployment",
                                "name", "web.*",
                                "namespace", "shop",
                                "labelSelector", "a=b",
                                "annotationSelector", "c=d"),
                        Map.of("allowNameChange", true, "allowKindChange", true))),
                List.of("../components/tls"),
                true,
                List.of(new KustomizeOptions.Replicas("web", 3)),
                true);
    }

    @Test
    void anEmptyGroupIsTheCoreGroupAndNoneIsAny() {
        Application application = read(SMALLEST + """
                  compare:
                    ignore:
                    - {group: "", kind: Service}
                    - {kind: Service}
                """);

        assertThat(application.ignore()).extracting(IgnoreRule::group).containsExactly("", "*");
    }

    private static HelmOptions helm() {
        return new HelmOptions(
                "web",
                "other",
                List.of("prod.yaml", "/shared.yaml", "$values/shop.yaml"),
                true,
                "{\"replicas\":2}",
                List.of(new HelmOptions.Parameter("image.tag", "1", true)),
                List.of(new HelmOptions.FileParameter("script", "run.sh")),
                false,
                true,
                true,
                "1.30",
                List.of("monitoring.coreos.com/v1"));
    }

    @Test
    void severalSourcesKeepTheirOrder() {
        Source source = read(SEVERAL).source();

        assertThat(source.all())
                .extracting(Source::repository)
                .containsExactly("https://charts.example.com", "/srv/apps/values", "https://git.example.com/shop.git");
        assertThat(source.chart()).isEqualTo("web");
        assertThat(source.helm().values()).isEqualTo("replicas: 2\n");
        assertThat(source.others()).extracting(Source::isReferenceOnly).containsExactly(true, false);
    }

    @Test
    void anEmptySubstituteBlockTurnsSubstitutionOnAndNoneLeavesItOff() {
        assertThat(read(SMALLEST).substitution()).isEqualTo(Substitution.NONE);
        assertThat(read(SMALLEST + "  substitute: {}\n").substitution().enabled())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {source: {repository: r}, substitute: {values: {2a: x}}}         | no name of a variable
                    {source: {repository: r}, substitute: {values: {a: 1}}}          | put the value in quotes
                    {source: {repository: r}, substitute: {value: {a: b}}}           | did you mean "values"?
                    {source: {repository: r}, substitute: {from: [{kind: Pod, name: a}]}} | must be one of [ConfigMap, Secret]
                    {source: {repository: r}, substitute: {from: [{name: a}]}}       | kind is missing
                    {source: {repository: r}, substitute: {from: [{kind: Secret}]}}  | name is missing
                    {source: {repository: r}, substitute: {from: [{kind: Secret, name: a, namespace: b}]}} | is unknown
                    {source: {repository: r}, sources: [{repository: r}]} | do not go together
                    {sources: []}                                         | no source that yields
                    {sources: [{repository: r, ref: a}]}                  | no source that yields
                    {sources: [{repository: r, ref: a}, {repository: s, path: p, ref: a}]} | the ref "a"
                    {source: {repository: r, ref: a}}                     | there are none
                    {source: {repository: r, chart: c, path: p}}          | no meaning for a chart
                    {source: {repository: r, renderer: jsonnet}}          | must be one of [auto, plain, kustomize, helm]
                    {source: {repository: r, substitute: {}}}             | spec.source.substitute is unknown
                    {source: {repository: r, helm: {version: v3}}}        | not supported yet
                    {source: {repository: r, helm: {valueFile: a}}}       | did you mean "valueFiles"?
                    {source: {repository: r, helm: {includeCRDs: true, skipCrds: true}}} | contradict
                    {source: {repository: r, helm: {values: "a: 1", valuesObject: {a: 1}}}} | in two ways
                    {source: {repository: r, helm: {parameters: [{name: a, value: 1}]}}} | put the value in quotes
                    {source: {repository: r, kustomize: {images: [1]}}}   | must be a text such as
                    {source: {repository: r, kustomize: {commonLabels: {a: true}}}} | put the value in quotes
                    {source: {repository: r, kustomize: {replicas: [{name: a}]}}} | is missing
                    {source: {repository: r, kustomize: {replicas: [{name: a, count: -1}]}}} | zero or more
                    {source: {repository: r, kustomize: {patches: [{}]}}} | a path or a patch
                    {source: {repository: r, kustomize: {labelIncludeTemplates: true}}} | needs labelWithoutSelector
                    {source: {repository: r, kustomize: {version: v5}}}   | not supported yet
                    """)
    void whatIsWrongWithASourceHasItsPlace(String spec, String message) {
        String text = "apiVersion: gitops.jenkins.io/v1\nkind: Application\nmetadata: {name: shop}\nspec: "
                + spec.substring(0, spec.length() - 1) + ", destination: {namespace: shop}}\n";

        assertThat(problems(text)).anySatisfy(problem -> {
            assertThat(problem.where()).startsWith("gitops.yaml:4:");
            assertThat(problem.what()).contains(message);
        });
    }

    @Test
    void withoutAUidOneIsDerivedFromNameNamespaceAndCluster() {
        UUID uuid = read(SMALLEST).uuid();

        assertThat(uuid).isEqualTo(read(SMALLEST + "  sync: {prune: true}\n").uuid());
        assertThat(uuid).isEqualTo(UUID.nameUUIDFromBytes("shop/shop/".getBytes(StandardCharsets.UTF_8)));
        assertThat(uuid)
                .isNotEqualTo(
                        read(SMALLEST.replace("name: shop", "name: shop2")).uuid());
        assertThat(uuid)
                .isNotEqualTo(read(SMALLEST.replace("namespace: shop", "namespace: other"))
                        .uuid());
        assertThat(uuid)
                .isNotEqualTo(read(SMALLEST.replace("namespace: shop", "{namespace: shop, cluster: c}"))
                        .uuid());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "., /srv/apps",
        "./, /srv/apps",
        "./x/y, /srv/apps/x/y",
        "'..', /srv",
        "../x, /srv/x",
        "/abs/x, /abs/x",
        "git@example.com:a/b.git, git@example.com:a/b.git",
        "ssh://git@example.com/a, ssh://git@example.com/a",
        ".hidden, .hidden",
    })
    void aRelativeRepositoryIsRelativeToTheFile(String written, String repository) {
        Application application = read(SMALLEST.replace("https://git.example.com/shop.git", "\"" + written + "\""));

        assertThat(application.source().repository()).isEqualTo(repository);
    }

    @Test
    void aFileIsReadRelativeToItsFolder(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("gitops.yaml"), FULL);

        assertThat(new ApplicationFile().read(file).source().repository())
                .isEqualTo(folder.resolve("manifests").toString());
        assertThatThrownBy(() -> new ApplicationFile().read(folder.resolve("none.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> new ApplicationFile().read(folder)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            name: shop                | nmae: shop              | 4:3  | metadata.nmae is unknown; did you mean "name"?
            name: shop                | {name: shop, labels: {}} | 4:16 | metadata.labels is unknown
            kind: Application         | kind: Aplication        | 2:1  | kind must be "Application", but is "Aplication"
            gitops.jenkins.io/v1      | gitops.jenkins.io/v2    | 1:1  | apiVersion must be "gitops.jenkins.io/v1"
            name: shop                | name: Shop_1            | 4:3  | no valid name
            name: shop                | {name: s, uid: 123}     | 4:13 | metadata.uid must be a string; put the value in quotes
            name: shop                | {name: s, uid: x}       | 4:13 | no valid uid
            namespace: shop           | namespace: a.b          | 9:5  | no valid namespace
            namespace: shop           | cluster: c              | 8:3  | spec.destination.namespace is missing
            spec:                     | sepc:                   | 5:1  | did you mean "spec"
            repository: h             | repo: h                 | 7:5  | did you mean "repository"? allowed here: chart, exclude, helm, include, kustomize, path, recurse, ref, renderer, repository, revision
            repository: h             | {repository: h, revision: 12}  | 7:21 | spec.source.revision must be a string; put the value in quotes
            repository: h             | {repository: h, recurse: "no"} | 7:21 | spec.source.recurse must be true or false
            repository: h             | {repository: h, include: x}    | 7:21 | spec.source.include must be a list of strings
            repository: h             | {repository: h, include: [x, 1]} | 7:34 | spec.source.include[1] must be a string
            repository: h             | {repository: h, sops: {}}      | 7:21 | spec.source.sops is unknown
            source:                   | sorce:                  | 6:3  | did you mean "source"
            """)
    void whatIsWrongIsToldAtItsPlace(String right, String wrong, String position, String what) {
        String text = SMALLEST.replace("repository: https://git.example.com/shop.git", "repository: h");
        assertThat(text).contains(right);

        List<Problem> problems = problems(text.replace(right, wrong));

        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem.toString())
                        .startsWith("gitops.yaml:" + position + ": ")
                        .contains(what));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            compare: {options: []}    | 10:13 | spec.compare.options is not supported yet
            compare: {severity: [{kind: A}]} | 10:25 | severity is missing: info, warning or critical
            compare: {severity: [{severity: high}]} | 10:25 | must be one of [info, warning, critical], but is "high"
            compare: {ignore: {}}     | 10:13 | spec.compare.ignore must be a list
            compare: {ignore: [a]}    | 10:22 | spec.compare.ignore[0] must be a mapping
            compare: {ignore: [{jsonPointer: []}]} | 10:23 | did you mean "jsonPointers"?
            health: {rules: [{kind: A, lua: b, current: c}]} | 10:38 | current is unknown
            health: {rules: [{kind: A, current: c}]} | 10:21 | apiVersion is missing
            health: {address: false}  | 10:12 | did you mean "addresses"?
            history: {attempts: 0}    | 10:13 | spec.history.attempts must be a whole number from 1 to 100000
            history: {age: 30d}       | 10:13 | spec.history.age must be a duration
            history: {count: 5}       | 10:13 | allowed here: age, attempts
            dependsOn: db             | 10:3  | spec.dependsOn must be a list of strings
            dependsOn: [db, shop]     | 10:3  | spec.dependsOn names the application itself: shop
            sync: {hooks: {heal: true}} | 10:18 | spec.sync.hooks.heal is unknown; did you mean "selfHeal"?
            sync: {onFight: fight}    | 10:10 | spec.sync.onFight must be one of [stop, continue], but is "fight"
            sync: {drift: ignore}     | 10:10 | spec.sync.drift must be one of [report, alert, heal], but is "ignore"
            sync: {windows: {}}       | 10:10 | spec.sync.windows must be a list
            sync: {windows: [{schedule: "@daily", duration: 1h}]} | 10:21 | kind is missing
            sync: {windows: [{kind: Deny, schedule: "@daily", duration: 1h}]} | 10:21 | must be allow or deny, but is "Deny"
            sync: {windows: [{kind: deny, duration: 1h}]} | 10:21 | schedule is missing
            sync: {windows: [{kind: deny, schedule: 0 25 * * *, duration: 1h}]} | 10:33 | the hour "25" is wrong: "25" is not from 0 to 23
            sync: {windows: [{kind: deny, schedule: "@daily"}]} | 10:21 | duration is missing
            sync: {windows: [{kind: deny, schedule: "@daily", duration: 0h}]} | 10:53 | must be a duration
            sync: {windows: [{kind: deny, schedule: "@daily", duration: 1h, timeZone: Europe/Berlim}]} | 10:67 | did you mean "Europe/Berlin"?
            sync: {windows: [{kind: deny, schedule: "@daily", duration: 1h, timezone: UTC}]} | 10:67 | did you mean "timeZone"?
            sync: {prun: true}        | 10:10 | spec.sync.prun is unknown; did you mean "prune"?
            sync: {Prune: true}       | 10:10 | did you mean "prune"?
            sync: {xyzxyzxyz: true}   | 10:10 | spec.sync.xyzxyzxyz is unknown; allowed here: adopt,
            sync: {prune: 1}          | 10:10 | spec.sync.prune must be true or false
            sync: {timeout: 10}       | 10:10 | spec.sync.timeout must be a string; put the value in quotes
            sync: {timeout: 10 min}   | 10:10 | spec.sync.timeout must be a duration
            sync: {timeout: 0s}       | 10:10 | spec.sync.timeout must be a duration
            sync: []                  | 10:3  | spec.sync must be a mapping
            sync:                     | 10:3  | spec.sync must be a mapping
            "a/b": 1                  | 10:3  | spec.a/b is unknown
            """)
    void whatIsNotImplementedIsRefusedAndWhatIsMisspeltIsNamed(String field, String position, String what) {
        assertThat(problems(SMALLEST + "  " + field + "\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("gitops.yaml:" + position + ": ")
                        .contains(what));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(problems("kind: Application\nkind: X\nmetadata: {nam: x}\nspec: {sync: {prune: 1}, foo: 2}\n"))
                .extracting(Problem::where)
                .containsExactly(
                        "gitops.yaml:2:1",
                        "gitops.yaml:1:1",
                        "gitops.yaml:3:1",
                        "gitops.yaml:3:12",
                        "gitops.yaml:4:1",
                        "gitops.yaml:4:1",
                        "gitops.yaml:4:15",
                        "gitops.yaml:4:26");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", SMALLEST + "---\n" + SMALLEST, "[]", "a: ["})
    void aFileHoldsOneApplication(String text) {
        assertThat(problems(text)).hasSize(1);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "10m, PT10M",
        "30s, PT30S",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "250ms, PT0.25S",
        "90m, PT1H30M",
        "1m1s1ms, PT1M1.001S",
    })
    void durationsAreWrittenAsInGo(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "m", "10 m", "-5m", "5d", "0s", "1h 2m", "1h2", "99999999999h", "PT10M", "1.m"})
    void whatIsNoDurationIsEmpty(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    private static Application read(String text) {
        return new ApplicationFile().read("gitops.yaml", text.getBytes(StandardCharsets.UTF_8), FOLDER);
    }

    static List<Problem> problems(String text) {
        try {
            read(text);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }
}

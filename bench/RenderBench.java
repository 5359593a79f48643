import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.BuiltInScopes;
import io.jenkins.plugins.gitops.engine.render.Renderer;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * How long it takes to render an application of 120 objects, compared with the bare tool on the same files in the same run, and
 * the most memory that each process took. Arguments: the folder of helm and kustomize, and the command line.
 */
final class RenderBench {
    private static final int OBJECTS = 120;
    private static final int WARM_UP = 25;
    private static final int RUNS = 15;

    private final Path tools;
    private final Path gitops;
    private final Path folder;

    private RenderBench(Path tools, Path gitops, Path folder) {
        this.tools = tools;
        this.gitops = gitops;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("gitops-bench-");
        Path tools = Path.of(arguments[0]).toAbsolutePath();
        System.out.printf("%-34s %10s %10s %7s %10s%n", OBJECTS + " objects, median of " + RUNS, "tool", "ours", "ratio", "peak RSS");
        try {
            RenderBench bench = new RenderBench(tools, Path.of(arguments[1]).toAbsolutePath(), folder);
            Inputs.chart(folder.resolve("chart"), OBJECTS);
            Inputs.overlay(folder.resolve("overlay"), OBJECTS);
            boolean good = bench.compare("helm", "chart", "template", "shop", "chart", "--namespace", "shop", "--include-crds");
            good &= bench.compare("kustomize", "overlay/production", "build", "overlay/production");
            System.out.println(good ? "Within 1.3 x of the bare tools." : "OVER 1.3 x of a bare tool.");
            System.exit(good ? 0 : 1);
        } finally {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        }
    }

    /** Alternately, so that a machine that gets slower or faster does so for both. */
    private boolean compare(String tool, String path, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = tools.resolve(tool).toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Renderer renderer = new Renderer(
                RenderTools.ofProcess().withHelm(tools.resolve("helm")).withKustomize(tools.resolve("kustomize")));
        double[] bare = new double[RUNS];
        double[] ours = new double[RUNS];
        double[] whole = new double[RUNS];
        long toolMemory = 0;
        long wholeMemory = 0;
        for (int i = -WARM_UP; i < RUNS; i++) {
            long start = System.nanoTime();
            toolMemory = Math.max(toolMemory, run(folder, command));
            double bareTime = (System.nanoTime() - start) / 1e6;
            start = System.nanoTime();
            int rendered = render(renderer, path);
            double oursTime = (System.nanoTime() - start) / 1e6;
            if (rendered != OBJECTS) {
                throw new IllegalStateException(rendered + " objects instead of " + OBJECTS);
            }
            if (i >= 0) {
                bare[i] = bareTime;
                ours[i] = oursTime;
                start = System.nanoTime();
                wholeMemory = Math.max(wholeMemory, run(folder, gitops.toString(), "render", "--source", ".", "--path", path, "--name",
                        "shop", "--namespace", "shop", "--refresh", "--helm", tools.resolve("helm").toString(), "--kustomize",
                        tools.resolve("kustomize").toString()));
                whole[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        double ratio = median(ours) / median(bare);
        line(tool + ", in a running JVM", median(bare), median(ours), memory("VmHWM", ProcessHandle.current().pid()));
        line(tool + ", gitops render as a process", median(bare), median(whole), wholeMemory);
        System.out.printf(Locale.ROOT, "%-34s %10s %10s %7s %7d MB%n", tool + ", the tool itself", "", "", "", toolMemory >> 20);
        return ratio <= 1.3;
    }

    private static void line(String what, double bare, double ours, long memory) {
        System.out.printf(Locale.ROOT, "%-34s %7.0f ms %7.0f ms %7.2f %7d MB%n", what, bare, ours, ours / bare, memory >> 20);
    }

    private int render(Renderer renderer, String path) {
        Application application = new Application(
                new UUID(1, 1), "shop", Source.of("", "", path), new Destination("", "shop"), SyncPolicy.DEFAULT);
        return renderer.render(application, new SourceTree(folder, ""), new BuiltInScopes(), () -> BuiltInScopes.VERSION, ignored -> {})
                .manifests()
                .size();
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** @return the most memory that it took, bytes; what the kernel last said before it ended */
    private static long run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long most = 0;
        while (process.isAlive()) {
            most = Math.max(most, memory("VmHWM", process.pid()));
            process.waitFor(1, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(List.of(command) + " failed: " + Files.readString(output));
        }
        return most;
    }

    /** Of a process, from the kernel; 0 where there is none to ask. */
    private static long memory(String field, long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith(field + ":")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException e) {
            // It has ended meanwhile, or this is no Linux.
            return 0;
        }
        return 0;
    }

    /** A chart and an overlay in the sizes that applications have. */
    private static final class Inputs {
        private static final String DEPLOYMENT = """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: NAME
                  labels: {app.kubernetes.io/name: NAME, app.kubernetes.io/part-of: shop}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app.kubernetes.io/name: NAME}}
                  template:
                    metadata:
                      labels: {app.kubernetes.io/name: NAME}
                    spec:
                      securityContext: {runAsNonRoot: true}
                      containers:
                      - name: app
                        image: IMAGE
                        args: [--listen=:8080, --log=info]
                        ports: [{name: http, containerPort: 8080}]
                        resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}
                        readinessProbe: {httpGet: {path: /ready, port: http}}
                """;
        private static final String SERVICE = """
                apiVersion: v1
                kind: Service
                metadata: {name: NAME}
                spec:
                  selector: {app.kubernetes.io/name: NAME}
                  ports: [{name: http, port: 80, targetPort: http}]
                """;
        private static final String SETTINGS = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: NAME}
                data:
                  settings.yaml: |
                    level: info
                    upstream: http://NAME.example.com
                """;

        static void chart(Path chart, int objects) throws IOException {
            Files.createDirectories(chart.resolve("templates"));
            Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
            Files.writeString(chart.resolve("values.yaml"), "image: {repository: example.com/app, tag: \"1.0\"}\n");
            for (int i = 0; i < objects / 3; i++) {
                String text = String.join("---\n", DEPLOYMENT, SERVICE, SETTINGS)
                        .replace("NAME", "{{ .Release.Name }}-app-" + i)
                        .replace("IMAGE", "\"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"");
                Files.writeString(chart.resolve("templates/app-" + i + ".yaml"), text);
            }
        }

        static void overlay(Path folder, int objects) throws IOException {
            Path base = Files.createDirectories(folder.resolve("base"));
            StringBuilder resources = new StringBuilder("resources:\n");
            for (int i = 0; i < objects / 3; i++) {
                String text = String.join("---\n", DEPLOYMENT, SERVICE, SETTINGS)
                        .replace("NAME", "app-" + i)
                        .replace("IMAGE", "example.com/app");
                Files.writeString(base.resolve("app-" + i + ".yaml"), text);
                resources.append("- app-").append(i).append(".yaml\n");
            }
            Files.writeString(base.resolve("kustomization.yaml"), resources.toString());
            Path overlay = Files.createDirectories(folder.resolve("production"));
            Files.writeString(overlay.resolve("kustomization.yaml"), """
                    resources: [../base]
                    namePrefix: prod-
                    namespace: shop
                    labels: [{pairs: {env: production}}]
                    images: [{name: example.com/app, newTag: "1.0"}]
                    patches:
                    - target: {kind: Deployment}
                      patch: '[{"op": "replace", "path": "/spec/replicas", "value": 3}]'
                    """);
        }
    }
}

import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The engine in a process that stays, as in Jenkins and in {@code gitops watch}. It answers each line of standard input, check or sync, with
 * a line: how many objects differed, or how many were synced. Arguments: kubeconfig, folder, name and namespace.
 */
final class Warm {
    private Warm() {}

    public static void main(String[] arguments) throws Exception {
        Destination destination = new Destination("", arguments[3]);
        Application application = new Application(
                ApplicationFile.derivedUid(arguments[2], destination),
                arguments[2],
                Source.of(arguments[1], "", ""),
                destination,
                SyncPolicy.DEFAULT.toBuilder().awaitHealth(false).build());
        ClusterConfig config =
                new ClusterConfig(Path.of(arguments[0]), "", true, ClusterConfig.DEFAULT_REQUESTS_IN_FLIGHT);
        try (Cluster cluster = Cluster.connect(config);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Reconciler reconciler = new Reconciler(cluster, "gitops-cli");
            Rendered wanted = reconciler.render(application, new SourceTree(Path.of(arguments[1]), "1"));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long start = System.nanoTime();
                long count =
                        switch (line) {
                            case "check" -> check(reconciler, application, wanted);
                            case "sync" -> sync(reconciler, application, wanted);
                            default -> throw new IllegalArgumentException(line);
                        };
                System.out.println(count + " " + (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private static long check(Reconciler reconciler, Application application, Rendered wanted) {
        return reconciler.compare(application, "1", wanted).drift(Observations.EMPTY).objects().stream()
                .filter(object -> object.verdict() != Verdict.InSync)
                .count();
    }

    private static long sync(Reconciler reconciler, Application application, Rendered wanted) {
        SyncReport report =
                reconciler.sync(application, "1", wanted, SyncOptions.DEFAULT, SyncListener.SILENT);
        if (report.result() != SyncReport.Result.Succeeded) {
            throw new IllegalStateException(report.result() + ": " + report.message());
        }
        return report.objects().size();
    }
}

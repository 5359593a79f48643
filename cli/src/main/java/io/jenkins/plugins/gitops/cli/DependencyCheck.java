package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.Reconciliation;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.dependency.Readiness;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.report.Observations;
import java.util.function.Function;

/** Looks at an application on which another one depends: its newest revision, and its cluster as it is now. Writes nothing. */
record DependencyCheck(Console console, ClusterOptions cluster, ToolOptions tools, Sources sources)
        implements Function<Application, Readiness> {
    @Override
    public Readiness apply(Application dependency) {
        try (Cluster connected = cluster.connect(console, dependency)) {
            SourceTree tree = sources.checkout(dependency.source());
            Reconciler reconciler = tools.reconciler(console, connected);
            Reconciliation compared =
                    reconciler.compare(dependency, tree.revision(), reconciler.render(dependency, tree));
            return Readiness.of(compared.drift(Observations.EMPTY), compared.health());
        } catch (GitOpsException e) {
            return Readiness.unknown(dependency.name(), e.getMessage());
        }
    }
}

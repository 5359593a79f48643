package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.BuiltInScopes;
import io.jenkins.plugins.gitops.engine.render.MaskedSecret;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.render.Renderer;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops render}: the manifests that an application means, as one YAML stream or one JSON list. */
@Command(
        name = "render",
        description = "Print the manifests that an application means.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops render --source deploy --name shop --namespace shop",
            "  gitops render --app gitops.yaml --revision v1.2 -o json"
        })
final class RenderCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ToolOptions tools;

    @Option(
            names = "--with-cluster",
            description = "Ask the cluster which kinds are namespaced, for kinds that only it knows.")
    private boolean withCluster;

    @Option(
            names = "--show-secrets",
            description =
                    "Print the data of Secrets too. Without it they are masked, and the output cannot be applied.")
    private boolean showSecrets;

    @Option(
            names = "--explain",
            description = "Say on stderr for each chart and kustomization whether its result was kept, and why not.")
    private boolean explain;

    @Option(names = "--refresh", description = "Render anew, whatever is kept.")
    private boolean refresh;

    RenderCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        Application application = options.application(console);
        SourceTree tree = new CacheFolder(console).sources(tools.tools(console)).checkout(application.source());
        Rendered rendered = render(application, tree);
        new Warnings(console).print(rendered.warnings());
        List<ObjectNode> shown = rendered.manifests().stream().map(this::shown).toList();
        if (common.json()) {
            console.out().println(ReportJson.pretty(shown));
        } else {
            shown.forEach(content -> console.out().print("---\n" + ManifestYaml.write(content)));
        }
        return ExitCode.DONE;
    }

    private void explain(String explanation) {
        if (explain) {
            console.err().println(explanation);
        }
    }

    private Rendered render(Application application, SourceTree tree) {
        if (!withCluster) {
            Renderer renderer = new Renderer(tools.tools(console));
            if (refresh) {
                renderer.refresh();
            }
            return renderer.render(application, tree, new BuiltInScopes(), () -> BuiltInScopes.VERSION, this::explain);
        }
        try (Cluster connected = cluster.connect(console, application)) {
            Reconciler reconciler = tools.reconciler(console, connected);
            if (refresh) {
                reconciler.refresh();
            }
            return reconciler.render(application, tree, this::explain);
        }
    }

    private ObjectNode shown(Manifest manifest) {
        return showSecrets ? manifest.content() : new MaskedSecret().mask(manifest);
    }
}

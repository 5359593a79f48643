package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.helm.HelmRenderer;
import io.jenkins.plugins.gitops.engine.render.signature.ExactCheckout;
import io.jenkins.plugins.gitops.engine.render.signature.GitObjects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The checkout as what the application's sources have: with proof of who made it where a signature is asked for, and a chart of
 * a chart repository at the version that its range means now.
 */
final class CheckedOutTree {
    private final ReconcileRequest request;
    private final HelmRenderer helm;

    CheckedOutTree(ReconcileRequest request, RenderTools tools) {
        this.request = request;
        this.helm = new HelmRenderer(tools);
    }

    /** Its revision names all: the version of the chart, then the commit. */
    SourceTree of(Path checkout) {
        List<SourceTree> trees = new ArrayList<>();
        for (Source source : request.application().source().all()) {
            trees.add(
                    source.isChart()
                            ? new SourceTree(checkout, helm.version(source))
                            : proven(source, new SourceTree(checkout, request.revision())));
        }
        SourceTree first = trees.get(0);
        String revisions = trees.stream()
                .map(SourceTree::revision)
                .filter(revision -> !revision.isEmpty())
                .collect(Collectors.joining(","));
        return new SourceTree(first.root(), revisions, first.proof(), trees.subList(1, trees.size()));
    }

    private SourceTree proven(Source source, SourceTree tree) {
        if (source.trustedKeys().isEmpty()) {
            return tree;
        }
        ExactCheckout.require(tree.root(), tree.revision());
        return tree.withProof(GitObjects.leadingTo(tree.root(), tree.revision(), source.revision()));
    }
}

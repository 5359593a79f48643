package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.Confidential;
import io.jenkins.plugins.gitops.engine.render.build.HostInputs;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.helm.HelmRenderer;
import io.jenkins.plugins.gitops.engine.render.helm.HelmRenderer.Release;
import io.jenkins.plugins.gitops.engine.render.kustomize.KustomizeRenderer;
import io.jenkins.plugins.gitops.engine.render.signature.SignatureCheck;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption;
import io.jenkins.plugins.gitops.engine.render.substitute.KnownVariables;
import io.jenkins.plugins.gitops.engine.render.substitute.ObjectVariables;
import io.jenkins.plugins.gitops.engine.render.substitute.ValueObjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From an application's checkouts to its desired set (SEMANTICS 2). The result depends on the files, the application, the
 * tools, the scopes and the cluster's version alone.
 */
public final class Renderer {
    private final PlainRenderer plain;
    private final KustomizeRenderer kustomize;
    private final HelmRenderer helm;
    private final RenderCache cache;
    private final HostInputs inputs;

    public Renderer(RenderTools tools) {
        this.cache = new RenderCache(tools.cache());
        this.inputs = tools.inputs();
        this.plain = new PlainRenderer(new Decryption(tools.inputs().ageKeys()));
        this.kustomize = new KustomizeRenderer(tools);
        this.helm = new HelmRenderer(tools);
    }

    /** The desired set of an application whose variables, if it has any, need no objects of the cluster. */
    public Rendered render(
            Application application,
            SourceTree tree,
            Scopes scopes,
            Supplier<ClusterVersion> cluster,
            Consumer<String> explanations) {
        return render(application, tree, scopes, cluster, ValueObjects.UNREACHABLE, explanations);
    }

    /**
     * The desired set.
     *
     * @param tree the checkouts of the application's sources
     * @param scopes asked for kinds that no CustomResourceDefinition of the set defines
     * @param cluster asked only when a chart is rendered that does not say for which cluster
     * @param values asked when the application takes values of variables from objects
     * @param explanations hears for each source that a tool renders whether its result was kept, and why not
     * @throws RefusedException when a source names trusted keys and its revision is not signed by one of them
     * @throws InvalidInputException with every problem of the set
     * @throws CancellationException when the calling thread is interrupted while a tool runs
     */
    public Rendered render(
            Application application,
            SourceTree tree,
            Scopes scopes,
            Supplier<ClusterVersion> cluster,
            ValueObjects values,
            Consumer<String> explanations) {
        List<Source> sources = application.source().all();
        List<SourceTree> trees = tree.all();
        if (sources.size() != trees.size()) {
            throw new IllegalArgumentException(sources.size() + " sources have " + trees.size() + " checkouts");
        }
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).trustedKeys().isEmpty()) {
                explanations.accept(new SignatureCheck(Instant.now()).require(sources.get(i), trees.get(i)));
            }
        }
        Map<String, SourceTree> refs = new TreeMap<>();
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).ref().isEmpty()) {
                refs.put(sources.get(i).ref(), trees.get(i));
            }
        }
        Release release =
                new Release(application.name(), application.destination().namespace(), refs, cluster);
        DesiredObjects objects = new DesiredObjects(variables(application, values));
        List<String> warnings = new ArrayList<>();
        Sink sink = new Sink(application.uuid(), objects, warnings, explanations);
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).isReferenceOnly()) {
                read(i, sources.get(i), trees.get(i), release, sink);
            }
        }
        Rendered rendered = objects.complete(application.destination().namespace(), scopes);
        warnings.addAll(rendered.warnings());
        return new Rendered(rendered.manifests(), warnings, rendered.unknownKinds(), rendered.secrets());
    }

    private Optional<ObjectVariables> variables(Application application, ValueObjects values) {
        return application.substitution().enabled()
                ? Optional.of(
                        new ObjectVariables(new KnownVariables(application.substitution(), inputs.variables(), values)))
                : Optional.empty();
    }

    /** Renders anew what is rendered next, whatever is kept: a hard refresh. */
    public void refresh() {
        cache.bypass();
    }

    /** Where the parts of one set go. */
    private record Sink(
            UUID application, DesiredObjects objects, List<String> warnings, Consumer<String> explanations) {}

    private void read(int index, Source source, SourceTree tree, Release release, Sink sink) {
        if (source.isChart()) {
            try (ScratchFolder scratch = new ScratchFolder()) {
                add(index, source.chart(), helm.prepare(pinned(source, tree), release, scratch), sink);
            }
            return;
        }
        SourceFolder folder = SourceFolder.find(tree, source);
        String shown = source.path().isEmpty() ? "." : source.path();
        switch (RendererChoice.of(source, folder)) {
            case kustomize -> add(index, shown, kustomize.prepare(folder, source.kustomize()), sink);
            case helm -> add(index, shown, helm.prepare(folder, source, release), sink);
            case auto, plain -> plain.read(folder, source, sink.objects());
        }
    }

    /** At the version that the host has resolved, so that what is reported is what was rendered. */
    private static Source pinned(Source source, SourceTree tree) {
        // The first of several checkouts has the revisions of all.
        String resolved = tree.revision().split(",", -1)[0];
        return HelmRenderer.isExactVersion(resolved) ? source.withRevision(resolved) : source;
    }

    private void add(int index, String shown, Rendering rendering, Sink sink) {
        RenderCache.Answer answer = cache.render(sink.application() + "-" + index, rendering);
        sink.explanations().accept(shown + ": " + answer.explanation());
        Built built = answer.built();
        HiddenTexts hidden = rendering.confidential().map(Confidential::hidden).orElse(HiddenTexts.NONE);
        sink.warnings().addAll(built.warnings());
        built.documents()
                .forEach(document -> sink.objects().add(document.content(), new BuiltPlace(document.origin()), hidden));
    }
}

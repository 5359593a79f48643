package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code spec.source}, or {@code spec.sources}. */
final class SourceForm {
    private final Path folder;

    /** @param folder against which a relative repository is resolved */
    SourceForm(Path folder) {
        this.folder = folder;
    }

    Source read(Block spec) {
        spec.allow("source", "sources");
        if (!spec.has("sources")) {
            Block block = spec.block("source");
            Source source = one(block);
            if (source.isReferenceOnly()) {
                block.report("ref", block.path("ref") + " lends values files to other sources, and there are none");
            }
            return source;
        }
        if (spec.has("source")) {
            spec.report("sources", "spec.source and spec.sources do not go together; write one of them");
        }
        List<Source> sources = new ArrayList<>();
        spec.blocks("sources").forEach(block -> sources.add(one(block)));
        if (sources.isEmpty() || sources.stream().allMatch(Source::isReferenceOnly)) {
            spec.report("sources", "spec.sources holds no source that yields manifests");
        }
        checkRefs(spec, sources);
        return sources.isEmpty()
                ? Source.of("", "", "")
                : sources.get(0).withOthers(sources.subList(1, sources.size()));
    }

    private static void checkRefs(Block spec, List<Source> sources) {
        List<String> refs = new ArrayList<>();
        for (Source source : sources) {
            if (!source.ref().isEmpty() && refs.contains(source.ref())) {
                spec.report("sources", "two sources have the ref \"" + source.ref() + "\"; names must differ");
            }
            refs.add(source.ref());
        }
    }

    private Source one(Block block) {
        String repository = block.required("repository", "a Git URL, or a folder such as \".\"");
        Source source = new Source(
                repository.matches("\\.{1,2}(/.*)?")
                        ? folder.resolve(repository).normalize().toString()
                        : repository,
                block.text("revision").orElse(""),
                block.text("path").orElse(""),
                block.flag("recurse", true),
                block.texts("include"),
                block.texts("exclude"),
                block.text("chart").orElse(""),
                block.text("ref").orElse(""),
                block.choice("renderer", RendererKind.auto),
                KustomizeForm.read(block.block("kustomize")),
                HelmForm.read(block.block("helm")),
                new VerifyForm(folder).read(block, block.block("verify")),
                List.of());
        if (source.isChart() && !source.path().isEmpty()) {
            block.report("path", block.path("path") + " has no meaning for a chart of a chart repository; remove it");
        }
        if (source.isChart() && !source.trustedKeys().isEmpty()) {
            block.report("verify", block.path("verify") + " is for Git: a chart of a chart repository has no commit");
        }
        block.finish();
        return source;
    }
}

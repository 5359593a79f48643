package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A folder that a test fills with manifests and renders. */
record Checkout(Path root) {
    static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n";
    }

    Checkout write(String file, String text) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkout link(String file, String target) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.createSymbolicLink(root.resolve(file), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rendered render() {
        return render(Source.of("", "", ""));
    }

    Rendered render(Source source) {
        return render(source, RenderTools.ofProcess());
    }

    Rendered render(Source source, RenderTools tools) {
        Application application =
                new Application(new UUID(1, 2), "shop", source, new Destination("", "shop"), SyncPolicy.DEFAULT);
        return render(application, tools);
    }

    Rendered render(Application application, RenderTools tools) {
        return new Renderer(tools)
                .render(
                        application,
                        new SourceTree(root, ""),
                        new BuiltInScopes(),
                        () -> ClusterVersion.UNKNOWN,
                        ignored -> {});
    }

    List<Problem> problems() {
        return problems(Source.of("", "", ""));
    }

    List<Problem> problems(Source source) {
        try {
            render(source);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }
}
